package dev.dromedary.demo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Dates as HTTP writes them: {@code Sun, 06 Nov 1994 08:49:37 GMT}. Source: RFC 9110 §5.6.7. */
final class HttpDate {

  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HttpDate() {}

  static String format(Instant time) {
    return FIXED.format(time);
  }

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(FIXED.parse(text.strip(), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
