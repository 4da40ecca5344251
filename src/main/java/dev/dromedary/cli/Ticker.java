package dev.dromedary.cli;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs one action again and again on a daemon thread of its own, never twice at once. */
final class Ticker implements AutoCloseable {

  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> ticks;

  private Ticker(ScheduledExecutorService executor, ScheduledFuture<?> ticks) {
    this.executor = executor;
    this.ticks = ticks;
  }

  /**
   * Starts a ticker.
   *
   * @param name of the thread
   * @param millis the pause between two runs, more than 0
   * @param action must not throw; it would not run again
   */
  static Ticker start(String name, long millis, Runnable action) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            runnable -> {
              Thread thread = new Thread(runnable, name);
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> ticks =
        executor.scheduleWithFixedDelay(action, millis, millis, TimeUnit.MILLISECONDS);
    return new Ticker(executor, ticks);
  }

  @Override
  public void close() {
    ticks.cancel(false);
    executor.shutdown();
  }
}
