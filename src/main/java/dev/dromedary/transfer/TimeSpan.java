package dev.dromedary.transfer;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 5s}, {@code 1h30m}, {@code 2d}. */
public final class TimeSpan {

  private static final Pattern FORM = Pattern.compile("(?:\\d{1,9}\\s*(?:ms|s|m|h|d)\\s*)++");
  private static final Pattern PIECE = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private TimeSpan() {}

  /**
   * Reads a duration of one or more numbers with units ms, s, m, h, d.
   *
   * @throws IllegalArgumentException with a message for the user when it is not a duration
   */
  public static Duration parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (!FORM.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          "duration '" + text + "': expected numbers with units such as 250ms, 5s or 1h30m");
    }
    Duration sum = Duration.ZERO;
    Matcher piece = PIECE.matcher(lower);
    while (piece.find()) {
      Duration unit = UNITS.getOrDefault(piece.group(2), Duration.ZERO);
      sum = sum.plus(unit.multipliedBy(Long.parseLong(piece.group(1))));
    }
    return sum;
  }

  /** Says, to stand behind what was expected, that a duration is a number alone; else nothing. */
  public static String missingUnit(String text) {
    return text.strip().matches("[0-9]+") ? ", found no unit such as s" : "";
  }

  /**
   * Writes whole milliseconds exactly, as {@link #parse} reads them: {@code 90m}, {@code 1500ms}.
   */
  public static String exact(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : List.of("d", "h", "m", "s")) {
      long each = UNITS.getOrDefault(unit, Duration.ZERO).toMillis();
      if (millis > 0 && millis % each == 0) {
        return millis / each + unit;
      }
    }
    return millis + "ms";
  }

  /** Writes a duration for people: the two largest units that are not zero. */
  public static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return duration.toMinutes()
          + "m"
          + String.format(Locale.ROOT, "%02ds", duration.toSecondsPart());
    }
    if (seconds < 86_400) {
      return duration.toHours()
          + "h"
          + String.format(Locale.ROOT, "%02dm", duration.toMinutesPart());
    }
    return duration.toDays() + "d" + String.format(Locale.ROOT, "%02dh", duration.toHoursPart());
  }
}
