package dev.dromedary.app;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;

/** Stands in for the application until it is merged. */
public final class ServiceRunner implements AutoCloseable {

  private ServiceRunner() {}

  /** Starts what was asked for. */
  public static ServiceRunner start(RunRequest request, ProgressBoard board) {
    throw new DromedaryException(FailureCode.ROUTES, request.home() + ": not built yet");
  }

  /** Waits until every due source of the first poll has ended. */
  public PollSummary awaitPoll() throws InterruptedException {
    throw new IllegalStateException("not started");
  }

  /** Waits until the service is stopped. */
  public void awaitStop() throws InterruptedException {
    throw new IllegalStateException("not started");
  }

  @Override
  public void close() {}
}
