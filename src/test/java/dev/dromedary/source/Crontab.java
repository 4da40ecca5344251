package dev.dromedary.source;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A line of crontab(5) as Vixie's cron and its heirs read it. Of day and weekday either will do;
 * where one begins with an asterisk both have to fit.
 *
 * @param eitherDay whether one of the two is enough
 */
record Crontab(
    Set<Integer> minutes,
    Set<Integer> hours,
    Set<Integer> days,
    Set<Integer> months,
    Set<Integer> weekdays,
    boolean eitherDay) {

  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  static Crontab of(String line) {
    String[] fields = line.split(" ");
    return new Crontab(
        values(fields[0], 0, 59, List.of()),
        values(fields[1], 0, 23, List.of()),
        values(fields[2], 1, 31, List.of()),
        values(fields[3], 1, 12, MONTHS),
        values(fields[4], 0, 7, WEEKDAYS),
        !fields[2].startsWith("*") && !fields[4].startsWith("*"));
  }

  boolean firesAt(OffsetDateTime time) {
    int weekday = time.getDayOfWeek().getValue();
    boolean fitsDay = days.contains(time.getDayOfMonth());
    boolean fitsWeekday = weekdays.contains(weekday) || (weekday == 7 && weekdays.contains(0));
    return minutes.contains(time.getMinute())
        && hours.contains(time.getHour())
        && months.contains(time.getMonthValue())
        && (eitherDay ? fitsDay || fitsWeekday : fitsDay && fitsWeekday);
  }

  private static Set<Integer> values(String field, int first, int last, List<String> names) {
    Set<Integer> values = new TreeSet<>();
    for (String item : field.split(",")) {
      String[] stepped = item.split("/");
      String[] ends = stepped[0].split("-");
      boolean isAny = ends[0].equals("*");
      int from = isAny ? first : number(ends[0], names);
      int to = isAny ? last : number(ends[ends.length - 1], names);
      int step = stepped.length == 1 ? 1 : Integer.parseInt(stepped[1]);
      for (int value = from; value <= to; value += step) {
        values.add(value);
      }
    }
    return values;
  }

  private static int number(String text, List<String> names) {
    int named = names.indexOf(text.toLowerCase(Locale.ROOT));
    return named >= 0 ? named : Integer.parseInt(text);
  }
}
