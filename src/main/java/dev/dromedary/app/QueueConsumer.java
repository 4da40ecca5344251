package dev.dromedary.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.component.seda.SedaEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Camel's consumer of a queue, but that it can be started again at once: it has stopped when its
 * threads have. Camel begins fewer new ones for each that has not ended yet, down to one.
 */
final class QueueConsumer extends SedaConsumer {

  /** Interrupted threads end at once, unless a step keeps one. */
  private static final long LONGEST_MILLIS = 1_000;

  private @Nullable ExecutorService threads;

  QueueConsumer(SedaEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    if (!EndingStops.isBrokenOff()) {
      super.prepareShutdown(suspendOnly, forced);
    }
  }

  @Override
  protected ExecutorService createExecutor(int poolSize) {
    ExecutorService created = super.createExecutor(poolSize);
    threads = created;
    return created;
  }

  @Override
  protected void shutdownExecutor() {
    super.shutdownExecutor();
    ExecutorService ending = threads;
    threads = null;
    try {
      if (ending != null) {
        ending.awaitTermination(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
