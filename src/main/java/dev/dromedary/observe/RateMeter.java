package dev.dromedary.observe;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The rate of a growing count over the last ten seconds. It is fed by whoever looks, not by what
 * counts, so that counting costs nothing: each look leaves a sample behind.
 *
 * <p>The rate reaches back to the youngest sample that is at least ten seconds old; looked at less
 * often, it is the rate since the last look. Thread-safe.
 */
final class RateMeter {

  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long SPACING_NANOS = 200_000_000L;

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Creates a meter whose first sample is {@code count} at {@code nanos}. */
  RateMeter(long nanos, long count) {
    samples.add(new Sample(nanos, count));
  }

  /**
   * Returns the rate at a moment.
   *
   * @param nanos the moment, on any fixed scale; a moment before the last sample changes nothing
   * @param count how much has been counted by then, never less than before
   * @return units a second, 0 or more
   */
  synchronized long perSecond(long nanos, long count) {
    while (samples.size() > 1 && nanos - second().nanos >= WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample oldest = samples.getFirst();
    if (nanos - samples.getLast().nanos >= SPACING_NANOS) {
      samples.addLast(new Sample(nanos, count));
    }
    long elapsed = nanos - oldest.nanos;
    return elapsed <= 0 ? 0 : Math.max(0, Math.round((count - oldest.count) * 1e9 / elapsed));
  }

  private Sample second() {
    var iterator = samples.iterator();
    iterator.next();
    return iterator.next();
  }

  private record Sample(long nanos, long count) {}
}
