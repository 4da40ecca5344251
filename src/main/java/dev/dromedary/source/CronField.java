package dev.dromedary.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a Quartz cron expression in their order, and what may stand in each. Pure.
 *
 * <p>Quartz itself takes more: 99 for {@code *}, {@code MONDAY-FRIDAY} for {@code MON}, a list with
 * {@code #} for its first day. On some, such as {@code L} for a month, it fails later, and on large
 * years it comes to no end.
 */
enum CronField {
  SECOND(0, 59),
  MINUTE(0, 59),
  HOUR(0, 23),
  DAY(1, 31, "1 to 31, L or W", "L(-([12]?[0-9]|30))?W?|(0?[1-9]|[12][0-9]|3[01])W", "[?]"),
  MONTH(1, 12, "1 to 12 or JAN to DEC", span(Names.MONTHS), Names.NONE),
  WEEKDAY(
      1,
      7,
      "1 (Sunday) to 7 or SUN to SAT",
      span(Names.WEEKDAYS),
      "[?]|L|([1-7]|" + Names.WEEKDAYS + ")(L|#[1-5])"),
  YEAR(1970, 2099);

  private static final Pattern NUMBERS =
      Pattern.compile("(?=.)(?:\\*|([0-9]{1,4})(?:-([0-9]{1,4}))?)?(?:/([0-9]{1,4}))?");

  private final int first;
  private final int last;
  private final String expected;
  private final Pattern item;
  private final Pattern alone;

  CronField(int first, int last) {
    this(first, last, first + " to " + last, Names.NONE, Names.NONE);
  }

  /** Takes numbers and what the two patterns say: in a list, and by itself only. */
  CronField(int first, int last, String expected, String item, String alone) {
    this.first = first;
    this.last = last;
    this.expected = expected;
    this.item = Pattern.compile(item, Pattern.CASE_INSENSITIVE);
    this.alone = Pattern.compile(alone, Pattern.CASE_INSENSITIVE);
  }

  /** Returns what is wrong with the first of at most seven fields that is wrong by itself. */
  static Optional<String> problem(List<String> fields) {
    return Stream.of(values())
        .limit(fields.size())
        .filter(field -> !field.takes(field.in(fields)))
        .map(field -> field.refusal(field.in(fields)))
        .findFirst();
  }

  /** Returns the one of these fields that it is. */
  String in(List<String> fields) {
    return fields.get(ordinal());
  }

  /** Says whether it may hold a text. */
  boolean takes(String text) {
    return alone.matcher(text).matches()
        || Stream.of(text.split(",", -1)).allMatch(this::takesItem);
  }

  private String refusal(String text) {
    String name = name().toLowerCase(Locale.ROOT);
    return "expected " + expected + " for the " + name + ", found " + Quoted.of(text);
  }

  private boolean takesItem(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches() ? isInRange(numbers) : item.matcher(text).matches();
  }

  /** All but years go round: 22-2 is from late to early. */
  private boolean isInRange(Matcher numbers) {
    int from = number(numbers.group(1), first);
    int to = number(numbers.group(2), last);
    int step = number(numbers.group(3), 1);
    return from >= first
        && from <= last
        && to >= first
        && to <= last
        && step >= 1
        && step <= last
        && (this != YEAR || from <= to);
  }

  private static int number(@Nullable String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static String span(String names) {
    return "(" + names + ")(-(" + names + "))?";
  }

  /** Apart, since the fields are made before what else stands here. */
  private static final class Names {
    static final String NONE = "(?!)";
    static final String MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
    static final String WEEKDAYS = "SUN|MON|TUE|WED|THU|FRI|SAT";
  }
}
