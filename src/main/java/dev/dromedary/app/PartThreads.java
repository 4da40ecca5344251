package dev.dromedary.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of parts: as many as there are parts, kept for the next ones for a minute.
 *
 * <p>Camel's splitter starts two for each part, one that fetches it and one that asks for the next.
 * What it could not start it would wait for without end. So where the system has no thread to give,
 * nor one becomes free in a moment, whoever would have started it does its work instead: asks for
 * the next part itself, or finds that it would fetch the part it has just handed out, which fails.
 * What comes of that work it does after it, not within it: there may be thousands of parts.
 *
 * <p>Thread-safe.
 */
final class PartThreads extends ThreadPoolExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(PartThreads.class);

  /** More than a thread takes from the end of a part until it waits for the next. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final Duration moment;
  private final ThreadLocal<@Nullable Deque<Runnable>> ownWork = new ThreadLocal<>();

  PartThreads() {
    this(MOMENT);
  }

  /** Creates none yet; {@code moment} is how long one that becomes free is waited for. */
  PartThreads(Duration moment) {
    super(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), new Daemons());
    this.moment = moment;
  }

  @Override
  public void execute(Runnable task) {
    try {
      super.execute(task);
    } catch (Error noThread) {
      LOG.debug("msg=\"no thread for a part\" reason=\"{}\"", noThread.toString());
      if (!isTakenInAMoment(task)) {
        runHere(task);
      }
    }
  }

  private boolean isTakenInAMoment(Runnable task) {
    try {
      return getQueue().offer(task, moment.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void runHere(Runnable task) {
    Deque<Runnable> begun = ownWork.get();
    if (begun != null) {
      begun.add(task);
      return;
    }
    Deque<Runnable> work = new ArrayDeque<>();
    ownWork.set(work);
    try {
      for (Runnable next = task; next != null; next = work.poll()) {
        next.run();
      }
    } finally {
      ownWork.remove();
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
