package dev.dromedary.source;

import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.Schedule;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What holds for a source that does not say otherwise.
 *
 * @param schedule when it is due
 * @param zone where the wall clock of a {@code cron} without {@code zone} stands
 * @param headers request headers; those of a source are put over them, names in any case
 * @param connections pins the number of connections, 1 to 64, when present
 * @param bytesPerSecond how fast a source comes at most, 1 or more, when it is limited
 * @param allowUnknownLength whether a body without length and digest may land
 * @param allowContentEncoding whether a body in any content coding may land, as it comes
 * @param guards what else must hold of a file before it lands
 * @param digestFrom where the digest file of a source is, when it has one
 */
public record SourceDefaults(
    Schedule schedule,
    ZoneId zone,
    Map<String, String> headers,
    OptionalInt connections,
    OptionalLong bytesPerSecond,
    boolean allowUnknownLength,
    boolean allowContentEncoding,
    Guards guards,
    Optional<DigestFrom> digestFrom) {

  public SourceDefaults {
    headers = Map.copyOf(headers);
  }

  /** Returns defaults with this schedule, zone UTC and nothing else set. */
  public static SourceDefaults of(Schedule schedule) {
    return new SourceDefaults(
        schedule,
        ZoneOffset.UTC,
        Map.of(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        false,
        false,
        Guards.NONE,
        Optional.empty());
  }

  /** Hides the headers: they may hold credentials. */
  @Override
  public String toString() {
    return "SourceDefaults[" + schedule + ", " + zone + "]";
  }
}
