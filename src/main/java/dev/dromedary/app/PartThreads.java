package dev.dromedary.app;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of parts: as many as there are parts, kept for the next ones for a minute.
 *
 * <p>Camel's splitter starts two for each part, one that fetches it and one that asks for the next.
 * What it could not start it would wait for without end. So where the system has no thread to give,
 * whoever would have started it does its work instead: asks for the next part itself, or finds that
 * it would fetch the part it has just handed out, which fails.
 *
 * <p>Thread-safe.
 */
final class PartThreads extends ThreadPoolExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(PartThreads.class);

  PartThreads() {
    super(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), new Daemons());
  }

  @Override
  public void execute(Runnable task) {
    try {
      super.execute(task);
    } catch (Error noThread) {
      LOG.warn("msg=\"no thread for a part\" reason=\"{}\"", noThread.toString());
      task.run();
    }
  }

  private static final class Daemons implements ThreadFactory {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Thread newThread(Runnable task) {
      Thread thread = new Thread(task, "part-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    }
  }
}
