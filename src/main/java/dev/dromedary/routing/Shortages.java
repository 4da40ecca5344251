package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferProgress;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TooManyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long transfers wait for what this machine lacks, and whether it lacks it still. Thread-safe
 * as far as a run is.
 */
final class Shortages {

  private final TransferServices services;
  private final TransferEvents events;

  Shortages(TransferServices services, TransferEvents events) {
    this.services = services;
    this.events = events;
  }

  static boolean isOne(FailureCode code) {
    return code.action() == FailureAction.SHORTAGE;
  }

  /** Decides on an attempt that met a shortage; it does not count against the tries. */
  FailureDecision await(TransferRun run, Failure failure) {
    TransferLimits.Room room = services.limits().room();
    Duration waited = run.tries().waitedForRoom(services.nanoClock().getAsLong());
    return new FailureDecision(
        failure, waited.compareTo(room.longest()) < 0, room.untilNextLook(waited));
  }

  /**
   * Says whether a transfer that could not be claimed, or not opened, waits on. What the ledger
   * does not even let begin is queued there as it was, and nothing can be recorded of it.
   *
   * @param waited what is known of it from before, when it has waited
   */
  boolean mayWait(
      String id, @Nullable TransferRun waited, @Nullable TransferRecord claimed, Failure failure) {
    if (waited != null) {
      return await(waited, failure).retry();
    }
    Duration soFar = services.waiting().waited(id);
    return claimed == null || soFar.compareTo(services.limits().room().longest()) < 0;
  }

  /** Records and tells that a claimed transfer whose part file could not be opened waits. */
  void tell(@Nullable TransferRun waited, TransferRecord claimed, Failure failure) {
    Instant now = services.clock().instant();
    Instant next = now.plus(services.limits().room().interval());
    TransferRecord rests =
        claimed
            .retrying(failure.code(), failure.message(), next, null)
            .withAttempts(claimed.attempts());
    TransferRecord stored = stored(claimed, rests);
    TransferProgress progress =
        waited == null
            ? services.board().open(stored.id(), stored.sourceId(), stored.target(), now)
            : waited.progress();
    progress.failed(failure.code(), failure.message());
    progress.retryAt(next);
    if (waited != null) {
      waited.record(stored);
    }
    events.rests(rests);
  }

  /** What the ledger does not take either is ours all the same, and claimed once more. */
  private TransferRecord stored(TransferRecord claimed, TransferRecord rests) {
    try {
      return services.ledger().advance(claimed, rests);
    } catch (DromedaryException e) {
      if (isOne(e.code())) {
        return claimed;
      }
      throw e;
    }
  }

  /** Says whether it can be told, without an attempt, that a run still lacks what it waits for. */
  boolean lasts(TransferRun run, FailureCode code) {
    return switch (code) {
      case DISK_FULL -> !services.disk().hasRoom(run.missingBytes());
      case NO_DESCRIPTOR -> areFilesScarce();
      default -> false;
    };
  }

  private boolean areFilesScarce() {
    try (InputStream opened = Files.newInputStream(services.limits().staging())) {
      return false;
    } catch (IOException e) {
      return TooManyFiles.isSaidBy(e);
    }
  }
}
