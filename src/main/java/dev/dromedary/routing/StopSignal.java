package dev.dromedary.routing;

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
