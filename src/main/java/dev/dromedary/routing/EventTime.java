package dev.dromedary.routing;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TimeSpan;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.ExchangeHelper;

/**
 * The time that an endpoint of {@code landed.uri} or {@code failed.uri} has to take its event, as a
 * policy around the step that tells it. The step runs on a thread of its own with a copy of the
 * exchange, so that the worker gets away from an endpoint that never answers; what the endpoint
 * answers is not taken over.
 *
 * <p>Past the time, or shortly after a stop has begun, the step fails with {@link
 * FailureCode#NOT_TOLD}, and its thread is interrupted and left to itself. Thread-safe.
 */
public final class EventTime implements Policy, AutoCloseable {

  /** The setting that says how long it is. */
  static final String SETTING = "events.timeout";

  /** How many steps that were left to themselves may go on at once, with those in their time. */
  private static final int MOST_OPEN = 64;

  /** How long an endpoint still has when a stop begins; less than Camel waits for its routes. */
  private static final Duration LAST = Duration.ofSeconds(2);

  private static final long LOOK_NANOS = 50_000_000L;

  private final Duration limit;
  private final StopSignal stop;
  private final LongSupplier nanoClock;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST_OPEN, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), EventTime::daemon);

  /**
   * Creates the policy.
   *
   * @param limit more than zero
   * @param nanoClock counts like {@link System#nanoTime()}
   */
  public EventTime(Duration limit, StopSignal stop, LongSupplier nanoClock) {
    this.limit = limit;
    this.stop = stop;
    this.nanoClock = nanoClock;
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {}

  @Override
  public Processor wrap(Route route, Processor telling) {
    return exchange -> tell(exchange, telling);
  }

  private void tell(Exchange exchange, Processor telling) throws Exception {
    Exchange told = ExchangeHelper.createCorrelatedCopy(exchange, false);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              finish(telling, told);
              return null;
            });
    begin(task);
    try {
      await(task);
      exchange.setException(told.getException());
    } finally {
      exchange.setProperty(Exchange.TO_ENDPOINT, told.getProperty(Exchange.TO_ENDPOINT));
    }
  }

  /** As a step of its own it is no message of the route, whose end a stop would wait for. */
  private static void finish(Processor telling, Exchange told) throws Exception {
    try {
      telling.process(told);
    } finally {
      ExchangeEnd.reached(told);
    }
  }

  /** Where the system has no thread to give, telling without a limit is better than not at all. */
  private void begin(FutureTask<Void> task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException full) {
      throw untold(MOST_OPEN + " events before it have not been taken yet");
    } catch (OutOfMemoryError noThread) {
      task.run();
    }
  }

  private void await(FutureTask<Void> task) throws Exception {
    long end = nanoClock.getAsLong() + limit.toNanos();
    boolean isStopping = false;
    while (true) {
      if (!isStopping && stop.isRaised()) {
        isStopping = true;
        long last = nanoClock.getAsLong() + LAST.toNanos();
        end = last - end < 0 ? last : end;
      }
      long left = end - nanoClock.getAsLong();
      try {
        task.get(Math.max(0, Math.min(left, LOOK_NANOS)), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException notYet) {
        if (left <= 0) {
          task.cancel(true);
          throw untold(
              isStopping
                  ? "it was not taken before the service stopped"
                  : "it was not taken within " + TimeSpan.exact(limit) + " (" + SETTING + ")");
        }
      } catch (InterruptedException stopped) {
        task.cancel(true);
        Thread.currentThread().interrupt();
        throw untold("it was not taken before its route stopped");
      } catch (CancellationException | ExecutionException failed) {
        throw failed.getCause() instanceof Exception known ? known : failed;
      }
    }
  }

  /** Leaves every step that is still open to itself. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static DromedaryException untold(String why) {
    return new DromedaryException(FailureCode.NOT_TOLD, why);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "event");
    thread.setDaemon(true);
    return thread;
  }
}
