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
 * @param bytesPerSecond smoothed rate of one connection; 0 as long as none is known
 * @param startCost how long a fresh part takes until its first byte, zero or more
 */
public record PartProgress(
    List<ByteRange> unassigned,
    List<Assignment> inFlight,
    int connections,
    double bytesPerSecond,
    Duration startCost) {

  public PartProgress {
    unassigned = List.copyOf(unassigned);
    inFlight = List.copyOf(inFlight);
    if (connections < 1 || !(bytesPerSecond >= 0) || startCost.isNegative()) {
      throw new IllegalArgumentException(
          "PartProgress connections "
              + connections
              + ", bytesPerSecond "
              + bytesPerSecond
              + ", startCost "
              + startCost
              + ": expected 1 or more, 0 or more, zero or more");
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
