package dev.dromedary.routing;

/** Says that the service is stopping: nothing new is begun, what runs is set down. Thread-safe. */
public final class StopSignal {

  private volatile boolean raised;

  /** Raises the signal, for good. */
  public void raise() {
    raised = true;
  }

  /** Says whether it was raised. */
  public boolean isRaised() {
    return raised;
  }
}
