package dev.dromedary.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The weekdays of crontab(5), where 0 and 7 are Sunday, by names. Pure. */
final class CrontabWeekdays {

  /** By their number, from Monday on; Sunday comes last, as crontab's 7. */
  private static final List<String> NAMES =
      List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

  private static final int DAYS = 7;
  private static final String DAY = "[0-7]|sun|mon|tue|wed|thu|fri|sat";
  private static final Pattern ITEM =
      Pattern.compile("(" + DAY + ")|(?:\\*|(" + DAY + ")-(" + DAY + "))(?:/([1-7]))?");

  private CrontabWeekdays() {}

  /** Returns the name of a weekday, counted from 0 for Sunday. */
  static String name(int weekday) {
    return NAMES.get(fromMonday(weekday));
  }

  /** Returns the same days as Quartz reads them, {@code *} for all, or nothing if it has none. */
  static Optional<String> named(String field) {
    if (field.equals("?")) {
      return Optional.of("*");
    }
    BitSet days = new BitSet(DAYS);
    for (String item : field.toLowerCase(Locale.ROOT).split(",", -1)) {
      Matcher matcher = ITEM.matcher(item);
      if (!matcher.matches() || !add(matcher, days)) {
        return Optional.empty();
      }
    }
    return Optional.of(text(days));
  }

  /** Returns false for a range that ends before it begins, of which crontab knows none. */
  private static boolean add(Matcher item, BitSet days) {
    if (item.group(1) != null) {
      days.set(fromMonday(number(item.group(1))));
      return true;
    }
    int from = item.group(2) == null ? 0 : number(item.group(2));
    int to = item.group(3) == null ? DAYS - 1 : number(item.group(3));
    int step = item.group(4) == null ? 1 : Integer.parseInt(item.group(4));
    for (int day = from; day <= to; day += step) {
      days.set(fromMonday(day));
    }
    return from <= to;
  }

  private static int fromMonday(int day) {
    return (day + DAYS - 1) % DAYS;
  }

  private static int number(String day) {
    int named = NAMES.indexOf(day.toUpperCase(Locale.ROOT));
    return named < 0 ? Integer.parseInt(day) : (named + 1) % DAYS;
  }

  private static String text(BitSet days) {
    if (days.cardinality() == DAYS) {
      return "*";
    }
    List<String> runs = new ArrayList<>();
    for (int from = days.nextSetBit(0);
        from >= 0;
        from = days.nextSetBit(days.nextClearBit(from))) {
      int to = days.nextClearBit(from) - 1;
      runs.add(from == to ? NAMES.get(from) : NAMES.get(from) + "-" + NAMES.get(to));
    }
    return String.join(",", runs);
  }
}
