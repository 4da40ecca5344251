package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.FAILURE_ACTION;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.OptionalInt;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code failures} and {@code dead-letter}. {@link #process} runs as soon as an
 * attempt failed, before Camel asks whether and when to try again: it classifies once, decides
 * once, and everything after reads its decision.
 *
 * <p>Thread-safe: what belongs to one transfer is in its {@link TransferRun}.
 */
public final class FailureSteps implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(FailureSteps.class);

  private final TransferServices services;
  private final TransferEvents events;

  /** Creates the steps. */
  public FailureSteps(TransferServices services, TransferEvents events) {
    this.services = services;
    this.events = events;
  }

  /** Classifies the failure that just occurred and decides what is done about it. */
  @Override
  public void process(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    Failure failure = classify(thrown, run);
    exchange.setProperty(FAILURE_ACTION, failure.code().action().name());
    if (failure.code() == FailureCode.BUG_FOUND) {
      LOG.error("code={} msg=\"unexpected failure\"", failure.code().label(), thrown);
    }
    if (run == null) {
      return;
    }
    FailureDecision decision = decide(run, failure);
    run.decide(decision);
    run.progress().failed(failure.code(), failure.message());
    if (decision.retry()) {
      awaitRetry(exchange, run, decision);
    }
  }

  private Failure classify(@Nullable Throwable thrown, @Nullable TransferRun run) {
    Failure failure =
        FailureClassifier.classify(thrown == null ? new IllegalStateException("no cause") : thrown);
    if (services.stop().isRaised()) {
      return new Failure(FailureCode.STOPPING, "the service is stopping", null);
    }
    boolean delivering = run != null && run.record().state() == TransferState.DELIVERING;
    return delivering && failure.code() == FailureCode.BUG_FOUND
        ? new Failure(FailureCode.DELIVERY_FAILED, failure.message(), null)
        : failure;
  }

  private FailureDecision decide(TransferRun run, Failure failure) {
    FailureCode code = failure.code();
    run.noteFailedAttempt();
    recordAttempt(run, failure);
    if (isTheServers(code) && run.address().nextMirror()) {
      return new FailureDecision(failure, true, Duration.ZERO);
    }
    boolean startsOver = code.action() == FailureAction.START_OVER;
    int startOvers = startsOver ? run.noteStartOver(code) : 0;
    int idle = run.attemptsWithoutProgress();
    if (!services.retries().mayRetry(code, idle, startOvers)) {
      return new FailureDecision(failure, false, Duration.ZERO);
    }
    if (startsOver) {
      restart(run, code);
    } else if (code == FailureCode.DISK_FULL) {
      run.reopen();
    }
    Duration delay =
        startsOver && startOvers == 0
            ? Duration.ZERO
            : services.retries().delay(idle, failure.retryAfter(), services.random());
    return new FailureDecision(failure, true, delay);
  }

  /**
   * Whether another server may do better: not where the disk, this service or the list is at fault.
   */
  private static boolean isTheServers(FailureCode code) {
    return code != FailureCode.DISK_FULL
        && (code.action() == FailureAction.RETRY || code.action() == FailureAction.SOURCE_OWNER);
  }

  private void recordAttempt(TransferRun run, Failure failure) {
    services
        .ledger()
        .recordAttempt(
            run.attempt()
                .failed(
                    services.clock().instant(),
                    OptionalInt.empty(),
                    run.attemptBytes(),
                    failure.code(),
                    failure.message()));
  }

  /** Nothing of what is here may meet what comes next. */
  private void restart(TransferRun run, FailureCode code) {
    if (code == FailureCode.RANGE_MISMATCH) {
      run.refuseRanges();
    }
    events.startsOver(run, code.meaning());
    run.forget();
  }

  private void awaitRetry(Exchange exchange, TransferRun run, FailureDecision decision) {
    Failure failure = decision.failure();
    Instant at = services.clock().instant().plus(decision.delay());
    TransferRecord waiting = run.counted().retrying(failure.code(), failure.message(), at);
    run.record(services.ledger().advance(run.record(), waiting));
    run.progress().retryAt(at);
    exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, decision.delay().toMillis());
    events.changed(run);
  }

  /** Says whether another attempt follows; Camel asks after {@link #process}. */
  public boolean mayRetry(Exchange exchange) {
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    FailureDecision decision = run == null ? null : run.decision();
    return decision != null && decision.retry() && !services.stop().isRaised();
  }

  /** Sets a transfer down for the next start; nothing of it counts as failed. */
  public void suspend(Exchange exchange) {
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    if (run != null && !run.record().state().isTerminal()) {
      run.record(
          services.ledger().advance(run.record(), run.record().withState(TransferState.QUEUED)));
      events.changed(run);
    }
  }

  /** Records a dead letter; leaves its facts as body. */
  public void giveUp(Exchange exchange) {
    TransferRun run = TransferProperties.run(exchange);
    FailureDecision decision = run.decision();
    Failure failure =
        decision == null
            ? new Failure(FailureCode.BUG_FOUND, "no failure was recorded", null)
            : decision.failure();
    TransferRecord dead =
        run.counted()
            .withPartFile(run.keptAt().map(Path::toString).orElse(null))
            .failed(failure.code(), failure.message());
    run.record(services.ledger().advance(run.record(), dead));
    exchange.getMessage().setHeaders(new HashMap<>());
    exchange.getMessage().setBody(events.failed(run));
  }
}
