package dev.dromedary.routing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongUnaryOperator;

/**
 * How long threads of this program were at work, in nanoseconds; negative where the JVM does not
 * tell, or when the thread has ended. The JVM makes ready for such questions at the first one.
 * Thread-safe.
 */
public final class ThreadWork implements LongUnaryOperator {

  private static final long UNTOLD = -1;

  @Override
  public long applyAsLong(long threadId) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
        ? threads.getThreadCpuTime(threadId)
        : UNTOLD;
  }
}
