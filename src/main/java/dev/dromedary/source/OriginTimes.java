package dev.dromedary.source;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a host may keep a transfer waiting; what is absent is not settled (promise I7).
 *
 * @param firstByteTimeout until its answer begins, 100ms to 1h
 * @param stallTimeout the longest silence within a body, 100ms to 1h
 * @param minBytesPerSecond the lowest average speed of a transfer, 0 for none
 * @param minSpeedWindow over what time that is averaged, 1s to 1d
 */
public record OriginTimes(
    Optional<Duration> firstByteTimeout,
    Optional<Duration> stallTimeout,
    OptionalLong minBytesPerSecond,
    Optional<Duration> minSpeedWindow) {

  /** Nothing is settled. */
  public static final OriginTimes NONE =
      new OriginTimes(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
}
