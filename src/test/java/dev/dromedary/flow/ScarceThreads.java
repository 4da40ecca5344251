package dev.dromedary.flow;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;

/** What a test puts into a route before its parts are split, to have so many threads for them. */
public final class ScarceThreads {

  /** How many there may be at once. */
  static final AtomicInteger MOST = new AtomicInteger();

  static final AtomicInteger ALIVE = new AtomicInteger();

  /** Lets the threads of parts be made as long as there are fewer. */
  public void take(Exchange exchange) {
    ThreadPoolExecutor threads =
        exchange
            .getContext()
            .getRegistry()
            .lookupByNameAndType("partThreads", ThreadPoolExecutor.class);
    if (!(threads.getThreadFactory() instanceof Scarce)) {
      threads.setThreadFactory(new Scarce(threads.getThreadFactory()));
      threads.setKeepAliveTime(200, TimeUnit.MILLISECONDS);
    }
  }

  private record Scarce(ThreadFactory threads) implements ThreadFactory {
    @Override
    public Thread newThread(Runnable task) {
      if (ALIVE.incrementAndGet() > MOST.get()) {
        ALIVE.decrementAndGet();
        throw new OutOfMemoryError("unable to create native thread");
      }
      return threads.newThread(
          () -> {
            try {
              task.run();
            } finally {
              ALIVE.decrementAndGet();
            }
          });
    }
  }
}
