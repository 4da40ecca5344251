package dev.dromedary.routing;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.origin.OpenRequests;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether an attempt is over, and how it ended: everything is here, nothing changed, or something
 * failed. Guarded by its {@link PartFlow}.
 */
final class AttemptEnd {

  private final TransferRun run;
  private final OpenRequests requests;
  private final StopSignal stop;
  private boolean isOver;
  private boolean isUnchanged;
  private @Nullable Throwable failure;
  private @Nullable Throwable leadFailure;
  private OptionalInt leadStatus = OptionalInt.empty();

  AttemptEnd(TransferRun run, TransferServices services) {
    this.run = run;
    this.requests = services.requests();
    this.stop = services.stop();
  }

  boolean isOver() {
    return isOver;
  }

  /** Ends it: everything is here. */
  void complete() {
    isOver = true;
  }

  /** Ends it: the server has nothing new. */
  void unchanged() {
    isUnchanged = true;
    isOver = true;
  }

  boolean isUnchanged() {
    return isUnchanged;
  }

  /** Ends it with a failure, and the requests that are under way, unless it is over. */
  void fail(Throwable why) {
    if (!isOver) {
      isOver = true;
      failure = why;
      breakOff(FailureClassifier.classify(why).code());
    }
  }

  /** Ends the requests that are under way. */
  void breakOff(FailureCode why) {
    requests.cancel(run.record().id(), why);
  }

  /** Ends it when the service stops or somebody cancels the transfer. */
  void failIfUnwanted() {
    Throwable why = unwanted();
    if (why != null) {
      fail(why);
    }
  }

  /** Notes how a part failed on which the others depend: that is what the attempt failed with. */
  void leadFailed(Throwable why, OptionalInt status) {
    leadFailure = why;
    leadStatus = status;
  }

  /** Returns how such a part failed last; null when none did. */
  @Nullable Throwable leadFailure() {
    return leadFailure;
  }

  /** Returns why the attempt failed; null when it did not. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Returns the status of the answer in which the attempt failed, when there was one. */
  OptionalInt failedStatus() {
    return failure != null && failure == leadFailure ? leadStatus : OptionalInt.empty();
  }

  /** Returns why the parts that run are to be given up; null when they go on. */
  @Nullable Throwable giveUpReason() {
    Throwable why = unwanted();
    return why == null ? failure : why;
  }

  private @Nullable Throwable unwanted() {
    if (stop.isRaised()) {
      return new DromedaryException(FailureCode.STOPPING, "the service is stopping");
    }
    return run.isCancelled()
        ? new DromedaryException(FailureCode.STOPPING, TransferControl.REASON)
        : null;
  }
}
