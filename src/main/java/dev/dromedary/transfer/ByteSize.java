package dev.dromedary.transfer;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 8MiB}, {@code 500kB}, {@code 1.5 GiB}, {@code 4096}. */
public final class ByteSize {

  private static final String FORMS = "a number of bytes such as 4096, 500kB or 8MiB";
  private static final Pattern FORM = Pattern.compile("(\\d{1,19})(?:\\.(\\d{1,6}))?\\s*([a-z]*)");
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("kb", 1_000L),
          Map.entry("m", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("mb", 1_000_000L),
          Map.entry("g", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("t", 1L << 40),
          Map.entry("tib", 1L << 40),
          Map.entry("tb", 1_000_000_000_000L));

  private ByteSize() {}

  /**
   * Reads a size; units are KiB, MiB, GiB, TiB (1024; also K, M, G, T) and kB, MB, GB, TB (1000),
   * in any case. A fraction has a unit, for without it is more likely forgotten than meant.
   *
   * @return bytes, 0 or more
   * @throws IllegalArgumentException with a message for the user when it is not a size
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    Long unit = matcher.matches() ? UNITS.get(matcher.group(3)) : null;
    if (unit == null) {
      throw refused(text, FORMS);
    }
    String digits = matcher.group(2);
    if (digits != null && unit == 1) {
      throw refused(text, "a unit behind a fraction, such as 0.5MiB");
    }
    try {
      long whole = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
      double fraction = digits == null ? 0 : Double.parseDouble("0." + digits);
      return Math.addExact(whole, Math.round(fraction * unit));
    } catch (ArithmeticException | NumberFormatException e) {
      throw refused(text, FORMS);
    }
  }

  /**
   * Reads bytes a second: a size, with or without {@code /s}.
   *
   * @return bytes a second, 0 or more
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static long parseRate(String text) {
    return parse(text.strip().replaceFirst("/s$", ""));
  }

  /** Writes a size for people in the largest binary unit that keeps it at 1 or more. */
  public static String format(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%.1f %s", value, units[unit]);
  }

  private static IllegalArgumentException refused(String text, String expected) {
    return new IllegalArgumentException("size '" + text + "': expected " + expected);
  }
}
