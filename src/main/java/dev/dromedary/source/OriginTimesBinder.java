package dev.dromedary.source;

import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.TimeSpan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the keys of an origin that say how long a host may keep a transfer waiting. */
final class OriginTimesBinder {

  static final List<String> NAMES =
      List.of("firstByteTimeout", "stallTimeout", "minSpeed", "minSpeedWindow");

  private static final int LONGEST_TEXT = 64;
  private static final long FASTEST = 1L << 40;
  private static final Duration SHORTEST_SILENCE = Duration.ofMillis(100);
  private static final Duration LONGEST_SILENCE = Duration.ofHours(1);
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  private OriginTimesBinder() {}

  static OriginTimes bind(Fields fields) {
    return new OriginTimes(
        silence(fields, "firstByteTimeout"),
        silence(fields, "stallTimeout"),
        fields
            .value("minSpeed", OriginTimesBinder::speed)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        fields.value(
            "minSpeedWindow",
            text -> within("minSpeedWindow", text, SHORTEST_WINDOW, LONGEST_WINDOW, "1s to 1d")));
  }

  private static Optional<Duration> silence(Fields fields, String key) {
    return fields.value(
        key, text -> within(key, text, SHORTEST_SILENCE, LONGEST_SILENCE, "100ms to 1h"));
  }

  private static Duration within(
      String key, String text, Duration least, Duration most, String range) {
    try {
      Duration found = text.length() > LONGEST_TEXT ? Duration.ZERO : TimeSpan.parse(text);
      if (found.compareTo(least) >= 0 && found.compareTo(most) <= 0) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw refused(key, text, range + TimeSpan.missingUnit(text), e);
    }
    throw refused(key, text, range, null);
  }

  private static long speed(String text) {
    String range = "bytes a second such as 500kB or 8MiB, at most 1TiB, 0 for no minimum";
    try {
      long found = text.length() > LONGEST_TEXT ? -1 : ByteSize.parseRate(text);
      if (found >= 0 && found <= FASTEST) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw refused("minSpeed", text, range, e);
    }
    throw refused("minSpeed", text, range, null);
  }

  private static IllegalArgumentException refused(
      String key, String text, String range, @Nullable Throwable cause) {
    return new IllegalArgumentException(key + " " + Quoted.of(text) + ": expected " + range, cause);
  }
}
