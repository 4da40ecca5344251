package dev.dromedary.transfer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as they are told everywhere: ISO 8601 in UTC, always with milliseconds. */
public final class UtcTime {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private UtcTime() {}

  /** Writes a time, what is below a millisecond cut off: {@code 2026-11-22T18:29:24.546Z}. */
  public static String format(Instant time) {
    return FORM.format(time);
  }

  /** Writes a time that may be absent; null then. */
  public static @Nullable String formatOrNull(@Nullable Instant time) {
    return time == null ? null : format(time);
  }
}
