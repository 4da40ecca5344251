package dev.dromedary.routing;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * How much of the time the threads that read were at work, and not waiting for bytes: what tells a
 * slow path from a machine that has no more to give. Guarded by its {@link PartFlow}.
 */
final class ReaderLoad {

  private final LongSupplier nanoClock;
  private final LongUnaryOperator workNanos;
  private Map<Long, Long> before = Map.of();
  private long askedNanos;
  private boolean wasUnknown;

  /**
   * Measures what {@code workNanos} says.
   *
   * @param nanoClock like {@link System#nanoTime()}
   * @param workNanos how long the thread of an id was at work since it started, in nanoseconds;
   *     negative where that is not told
   */
  ReaderLoad(LongSupplier nanoClock, LongUnaryOperator workNanos) {
    this.nanoClock = nanoClock;
    this.workNanos = workNanos;
    this.askedNanos = nanoClock.getAsLong();
  }

  /**
   * Returns how busy threads were since they were last asked for, on average: 0 to 1, 0 where that
   * is not told; empty when none of them was among those of last time. Where that is so again and
   * again, as with parts that come and go between two questions, it is 0 every other time.
   */
  OptionalDouble of(Collection<Long> threadIds) {
    long now = nanoClock.getAsLong();
    long elapsedNanos = Math.max(1, now - askedNanos);
    Map<Long, Long> after = new HashMap<>();
    double busy = 0;
    int known = 0;
    for (Long id : threadIds) {
      long nanos = workNanos.applyAsLong(id);
      Long nanosBefore = before.get(id);
      if (nanosBefore != null) {
        busy += Math.max(0, nanos - nanosBefore);
        known++;
      }
      after.put(id, nanos);
    }
    before = after;
    askedNanos = now;
    wasUnknown = known == 0 && !wasUnknown;
    return wasUnknown
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, busy / elapsedNanos / Math.max(1, known)));
  }
}
