package dev.dromedary.routing;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The limits and places of one transfer.
 *
 * @param staging where part files wait
 * @param landing where files land
 * @param connections the most connections one transfer may use, 1 or more
 * @param maxRedirects how many redirects one request may follow, 0 or more
 * @param minBytesPerSecond the lowest average speed, 0 for none
 * @param minSpeedWindow over how long it is measured
 * @param maxSizeBytes the largest file that may land, 0 for no limit
 * @param digestsAll whether a digest is computed also where none is expected
 * @param room how it waits for room on the disk
 */
public record TransferLimits(
    Path staging,
    Path landing,
    int connections,
    int maxRedirects,
    long minBytesPerSecond,
    Duration minSpeedWindow,
    long maxSizeBytes,
    boolean digestsAll,
    Room room) {

  /**
   * How a transfer waits for room on the disk.
   *
   * @param longest how long it waits before it is given up, zero for not at all
   * @param interval how long until it looks again
   */
  public record Room(Duration longest, Duration interval) {

    /**
     * Returns how long until it looks again when it has waited so long already; zero at the end.
     */
    Duration untilNextLook(Duration waited) {
      Duration left = longest.minus(waited);
      Duration next = left.compareTo(interval) < 0 ? left : interval;
      return next.isNegative() ? Duration.ZERO : next;
    }
  }

  /** Returns where a part file is, relative to the work directory. */
  String partFile(Path path) {
    return staging.resolveSibling("").relativize(path).toString();
  }

  /** Returns the largest size allowed as a number to compare with. */
  long largestBytes() {
    return maxSizeBytes == 0 ? Long.MAX_VALUE : maxSizeBytes;
  }
}
