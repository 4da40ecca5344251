package dev.dromedary.response;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A date in a header, in each of the three forms a recipient has to read. RFC 9110 §5.6.7. */
public final class HttpDate {

  private static final String DAY_NAME = "[A-Za-z]{3,9}";
  private static final String TIME = "(?<time>\\d{2}:\\d{2}:\\d{2})";
  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile(
              DAY_NAME + ", (?<day>\\d{2}) (?<month>[A-Za-z]{3}) (?<year>\\d{4}) " + TIME + " GMT"),
          Pattern.compile(
              DAY_NAME + ", (?<day>\\d{2})-(?<month>[A-Za-z]{3})-(?<year>\\d{2}) " + TIME + " GMT"),
          Pattern.compile(
              DAY_NAME + " (?<month>[A-Za-z]{3}) (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})"));
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private HttpDate() {}

  /**
   * Reads a date; empty for anything else and for days that do not exist. The name of the day is
   * not checked.
   *
   * @param now tells the century of a year of two digits, which is never more than 50 years ahead
   */
  public static Optional<Instant> parse(String text, Instant now) {
    for (Pattern pattern : FORMS) {
      Matcher form = pattern.matcher(text.strip());
      if (form.matches()) {
        return instant(form, now);
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> instant(Matcher form, Instant now) {
    int year = Integer.parseInt(form.group("year"));
    if (form.group("year").length() == 2) {
      int latest = now.atOffset(ZoneOffset.UTC).getYear() + 50;
      year = latest - Math.floorMod(latest - year, 100);
    }
    int month = MONTHS.indexOf(form.group("month").toLowerCase(Locale.ROOT)) + 1;
    String[] time = form.group("time").split(":", -1);
    // a leap second is 60 on the wire and unknown to java.time
    int second = Math.min(59, Integer.parseInt(time[2]));
    try {
      return Optional.of(
          LocalDateTime.of(
                  year,
                  month,
                  Integer.parseInt(form.group("day").strip()),
                  Integer.parseInt(time[0]),
                  Integer.parseInt(time[1]),
                  second)
              .toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
