package dev.dromedary.response;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of a {@code Retry-After} header. Source: RFC 9110 §10.2.3. */
public final class RetryAfter {

  /** A longer wait is a server's mistake and is not taken for a wish. */
  public static final Duration LONGEST = Duration.ofDays(365);

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private RetryAfter() {}

  /**
   * Reads seconds or a date as the time from now on, not yet capped by any policy. A date that has
   * passed is zero. Empty for anything else: a negative or fractional number, a wait longer than
   * {@link #LONGEST}.
   */
  public static Optional<Duration> parse(String text, Instant now) {
    String value = text.strip();
    Optional<Duration> wait =
        SECONDS.matcher(value).matches()
            ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
            : HttpDate.parse(value, now).map(date -> Duration.between(now, date));
    return wait.filter(found -> found.compareTo(LONGEST) <= 0)
        .map(found -> found.isNegative() ? Duration.ZERO : found);
  }
}
