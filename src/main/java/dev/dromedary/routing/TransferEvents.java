package dev.dromedary.routing;

import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferFacts;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Tells of every change of a transfer: one line in the log, one event on the board. Thread-safe.
 */
public final class TransferEvents {

  private static final Logger LOG = LoggerFactory.getLogger("dev.dromedary.transfers");
  private static final String ENDED =
      "state={} receivedBytes={} networkBytes={} seconds={} averageBytesPerSecond={}"
          + " connections={} attempts={}";

  private final TransferServices services;

  /** Creates the teller. */
  public TransferEvents(TransferServices services) {
    this.services = services;
  }

  void changed(TransferRun run) {
    TransferEvent event = event(run, null);
    log(event);
    services.board().changed(event);
  }

  void ended(TransferRun run) {
    TransferEvent event = event(run, null);
    log(event);
    services.board().ended(event);
  }

  /** Tells of a transfer that waits before it ran. */
  void rests(TransferRecord record) {
    TransferEvent event = unopened(record);
    log(event);
    services.board().changed(event);
  }

  private TransferEvent unopened(TransferRecord record) {
    boolean rests = record.state() == TransferState.RETRYING;
    return new TransferEvent(
        services.clock().instant(),
        record.id(),
        record.sourceId(),
        record.target(),
        record.state(),
        record.lengthBytes(),
        record.receivedBytes(),
        false,
        0,
        Duration.ZERO,
        rests ? Math.max(1, record.attempts()) : record.attempts(),
        0,
        record.code(),
        record.reason(),
        rests ? record.nextAttemptAt() : null,
        null,
        null);
  }

  /** Tells of a transfer that ended before it ran; returns its facts. */
  Map<String, Object> ended(TransferRecord record) {
    TransferEvent event = unopened(record);
    log(event);
    services.board().ended(event);
    return TransferFacts.of(event);
  }

  /** Tells of a landed file; returns its facts for {@code landed.uri}. */
  Map<String, Object> landed(TransferRun run) {
    Path file = services.limits().landing().resolve(run.source().target());
    TransferEvent event = event(run, file);
    log(event);
    services.board().ended(event);
    return TransferFacts.of(event);
  }

  /** Tells of a dead letter; returns its facts for {@code failed.uri}. */
  Map<String, Object> failed(TransferRun run) {
    TransferEvent event = event(run, null);
    log(event);
    services.board().ended(event);
    return TransferFacts.of(event);
  }

  /** Tells that what is here is given up, before it is; nothing may be here. */
  void startsOver(TransferRun run, String why) {
    long here = held(run);
    LOG.info(
        "transfer={} source={} msg=\"starts over\" reason=\"{}\" givenUpBytes={}",
        run.record().id(),
        run.source().id(),
        why,
        here);
    if (here > 0) {
      services
          .board()
          .startsOver(
              new StartOver(
                  services.clock().instant(),
                  run.record().id(),
                  run.source().id(),
                  run.source().target(),
                  why,
                  here));
    }
  }

  /** What was set aside is in the file no more. */
  private long held(TransferRun run) {
    ProgressSnapshot progress = run.progress().snapshot(services.clock().instant());
    return Math.max(run.file().received().sizeBytes(), progress.receivedBytes());
  }

  private TransferEvent event(TransferRun run, @Nullable Path landedFile) {
    Instant now = services.clock().instant();
    ProgressSnapshot progress = run.progress().snapshot(now);
    TransferRecord record = run.record();
    boolean failing =
        record.state() == TransferState.FAILED || record.state() == TransferState.RETRYING;
    boolean isHere = landedFile != null || record.state() == TransferState.UNCHANGED;
    return new TransferEvent(
        now,
        record.id(),
        record.sourceId(),
        record.target(),
        record.state(),
        run.heldLength().isPresent() ? run.heldLength() : record.lengthBytes(),
        progress.receivedBytes(),
        run.mayResume(),
        progress.networkBytes(),
        progress.elapsed(),
        record.attempt(),
        run.mostConnections(),
        failing ? record.code() : null,
        failing || record.state() == TransferState.CANCELLED ? record.reason() : null,
        record.state() == TransferState.RETRYING ? record.nextAttemptAt() : null,
        isHere ? run.digests().verifiedBy() : null,
        landedFile);
  }

  private static void log(TransferEvent event) {
    try (MDC.MDCCloseable transfer = MDC.putCloseable("transfer", event.transferId());
        MDC.MDCCloseable source = MDC.putCloseable("source", event.sourceId())) {
      if (event.code() != null) {
        // that a host rests is warned of once, and not for each that waits for it
        Level level = isRest(event) ? Level.INFO : Level.WARN;
        LOG.atLevel(level)
            .log(
                "state={} code={} attempts={} reason=\"{}\" remedy=\"{}\"",
                event.state().word(),
                event.code().label(),
                event.attempts(),
                event.reason(),
                event.remedy());
      } else {
        LOG.info(
            ended(event),
            event.state().word(),
            event.receivedBytes(),
            event.networkBytes(),
            event.took().toMillis() / 1000.0,
            event.averageBytesPerSecond(),
            event.connections(),
            event.attempts(),
            event.verifiedBy() == null ? event.reason() : event.verifiedBy());
      }
    }
  }

  private static boolean isRest(TransferEvent event) {
    return event.code() == FailureCode.HOST_RESTING && event.state() == TransferState.RETRYING;
  }

  private static String ended(TransferEvent event) {
    if (event.verifiedBy() != null) {
      return ENDED + " verifiedBy={}";
    }
    return event.reason() == null ? ENDED : ENDED + " reason=\"{}\"";
  }
}
