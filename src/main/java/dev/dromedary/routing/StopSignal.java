package dev.dromedary.routing;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;

/**
 * Says that the service is stopping: nothing new is begun, what runs is set down; or that it
 * drains: nothing new is begun, what runs goes on to its end. Thread-safe.
 */
public final class StopSignal {

  private volatile boolean raised;
  private volatile boolean draining;

  /** Raises the signal, for good. */
  public void raise() {
    raised = true;
  }

  /** Says whether it was raised. */
  public boolean isRaised() {
    return raised;
  }

  /**
   * Lets a transfer go on only while it was not raised and nobody wants that one to end.
   *
   * @throws DromedaryException {@link FailureCode#STOPPING} otherwise
   */
  void requireGoesOn(TransferRun run) {
    run.requireWanted();
    if (raised) {
      throw new DromedaryException(FailureCode.STOPPING, "the service is stopping");
    }
  }

  /** Sets whether nothing new is taken while what runs goes on. */
  public void drain(boolean whether) {
    draining = whether;
  }

  /** Says whether nothing new is taken while what runs goes on. */
  public boolean isDraining() {
    return draining;
  }

  /** Says whether a transfer may be begun. */
  boolean takesNew() {
    return !raised && !draining;
  }
}
