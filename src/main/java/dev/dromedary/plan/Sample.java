package dev.dromedary.plan;

import java.time.Duration;

/**
 * What is seen of a transfer at one moment. Immutable, thread-safe.
 *
 * @param sinceStart time since its first answer, not before that of the last sample
 * @param totalBytes bytes received since then over all connections, 0 or more
 * @param missingBytes bytes of its version that are not here, 0 or more
 * @param active how many connections have work
 * @param receiving how many of them have brought a byte
 * @param readersBusy how much of the time since the last sample those who read them had something
 *     to read and did not wait for it: 0 to 1; 0 where that is not told
 * @param processors how many processors there are, 1 or more
 */
public record Sample(
    Duration sinceStart,
    long totalBytes,
    long missingBytes,
    int active,
    int receiving,
    double readersBusy,
    int processors) {

  /** A reader that waits for less than half of its time sets the rate, and not its path. */
  private static final double BUSY = 0.5;

  /** Besides the one that reads there is one that writes and digests. */
  private static final int PROCESSORS_PER_CONNECTION = 2;

  public Sample {
    if (sinceStart.isNegative() || totalBytes < 0 || missingBytes < 0 || receiving > active) {
      throw new IllegalArgumentException(
          "Sample after "
              + sinceStart
              + " of "
              + totalBytes
              + " bytes, "
              + missingBytes
              + " missing, "
              + receiving
              + " of "
              + active
              + " receiving: expected 0 or more, and no more receiving than active");
    }
  }

  /** Says whether the machine sets the rate: more connections would get no more out of it. */
  boolean isMachineAtItsLimit() {
    return readersBusy >= BUSY && active * PROCESSORS_PER_CONNECTION >= processors;
  }
}
