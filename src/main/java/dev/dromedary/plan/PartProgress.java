package dev.dromedary.plan;

import dev.dromedary.transfer.ByteRange;
import java.time.Duration;
import java.util.List;

/**
 * How far a transfer of known length is, when a worker has nothing to do. Immutable, thread-safe.
 *
 * @param unassigned the bytes neither here nor being fetched, ascending and disjoint
 * @param inFlight the parts being fetched, in any order, disjoint with each other and with {@code
 *     unassigned}
 * @param connections how many may be in flight now, 1 or more
 * @param sharers among how many what is left is to be shared: those, or more that may soon come
 * @param path how one connection fares
 */
public record PartProgress(
    List<ByteRange> unassigned,
    List<Assignment> inFlight,
    int connections,
    int sharers,
    Path path) {

  public PartProgress {
    unassigned = List.copyOf(unassigned);
    inFlight = List.copyOf(inFlight);
    if (connections < 1 || sharers < connections) {
      throw new IllegalArgumentException(
          "PartProgress connections "
              + connections
              + ", sharers "
              + sharers
              + ": expected 1 or more, and no fewer");
    }
  }

  /**
   * What a fresh part may expect.
   *
   * @param bytesPerSecond smoothed rate of one connection; 0 as long as none is known
   * @param startCost how long a part takes until its first byte, zero or more
   * @param leastStartCost how long the quickest one took, no more: hardly longer than a round trip
   */
  public record Path(double bytesPerSecond, Duration startCost, Duration leastStartCost) {

    public Path {
      if (!(bytesPerSecond >= 0)
          || leastStartCost.isNegative()
          || leastStartCost.compareTo(startCost) > 0) {
        throw new IllegalArgumentException(
            "Path of "
                + bytesPerSecond
                + " B/s, startCost "
                + startCost
                + ", leastStartCost "
                + leastStartCost
                + ": expected 0 or more, and no less than the least, zero or more");
      }
    }

    double startSeconds() {
      return startCost.toNanos() / 1e9;
    }

    double leastStartSeconds() {
      return leastStartCost.toNanos() / 1e9;
    }
  }

  /**
   * A part being fetched.
   *
   * @param position offset of the next byte to come, 0 to {@code end}
   * @param end offset after its last byte
   * @param bytesPerSecond its rate lately; 0 when nothing came
   * @param isStarting whether it was asked for so lately that its rate says nothing yet
   */
  public record Assignment(long position, long end, double bytesPerSecond, boolean isStarting) {

    /** Creates one whose rate can be believed. */
    public Assignment(long position, long end, double bytesPerSecond) {
      this(position, end, bytesPerSecond, false);
    }

    public Assignment {
      if (position < 0 || position > end || !(bytesPerSecond >= 0)) {
        throw new IllegalArgumentException(
            "Assignment ["
                + position
                + ", "
                + end
                + ") at "
                + bytesPerSecond
                + " B/s: expected 0 <= position <= end and a rate of 0 or more");
      }
    }

    /** Returns how many bytes are to come, 0 or more. */
    public long remainingBytes() {
      return end - position;
    }
  }
}
