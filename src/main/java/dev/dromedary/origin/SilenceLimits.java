package dev.dromedary.origin;

import java.time.Duration;

/**
 * How long a host may be silent while one of our requests is open (promise I7).
 *
 * @param firstByte from sending a request to the end of the response head; more than zero
 * @param stall the longest silence within a body; more than zero
 */
public record SilenceLimits(Duration firstByte, Duration stall) {

  /** Returns the longer of the two. */
  Duration longest() {
    return firstByte.compareTo(stall) > 0 ? firstByte : stall;
  }
}
