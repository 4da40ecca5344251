package dev.dromedary.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the author of an expression that Quartz refuses probably meant: the five fields of
 * crontab(5), or Quartz's with both days set. Pure.
 */
final class CronMeaning {

  /** Quartz counts weekdays from 1 for Sunday, others do not. */
  static final String BY_NAME = "; write weekdays as names, such as MON";

  private static final int DAY = 3;
  private static final int WEEKDAY = 5;

  private CronMeaning() {}

  /** Returns {@code , did you mean '…'?} with what Quartz takes and means the same, or a remedy. */
  static String hint(String text) {
    List<String> fields = List.of(text.split("\\s+"));
    boolean isQuartz = fields.size() == 6 || fields.size() == 7;
    Optional<String> meant = isQuartz ? Optional.of(text) : ofCrontab(fields);
    return meant
        .map(CronMeaning::withOneDay)
        .filter(CronSchedule::isGood)
        .map(good -> ", did you mean " + Quoted.of(good) + "?")
        .orElse(isQuartz && isCounted(fields.get(WEEKDAY)) ? BY_NAME : "");
  }

  /** Says whether it is refused for no other reason than its two days. */
  static boolean isRefusedForItsDays(String text) {
    return CronSchedule.isGood(onlyBy(DAY, WEEKDAY, text))
        && CronSchedule.isGood(onlyBy(WEEKDAY, DAY, text));
  }

  /** Crontab has no seconds, and counts weekdays from 0 or 7 for Sunday. */
  private static Optional<String> ofCrontab(List<String> fields) {
    if (fields.size() != 5) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(fields);
    all.add(0, "0");
    return CrontabWeekdays.named(all.get(WEEKDAY))
        .map(
            weekdays -> {
              all.set(WEEKDAY, weekdays);
              return String.join(" ", all);
            });
  }

  /** Where both choose days, crontab takes either and Quartz cannot say it. */
  private static String withOneDay(String text) {
    String[] fields = text.split("\\s+");
    if (isAny(fields[WEEKDAY])) {
      return onlyBy(DAY, WEEKDAY, text);
    }
    // Whoever counts weekdays may count them from another day than Quartz.
    boolean isClear = isAny(fields[DAY]) && !isCounted(fields[WEEKDAY]);
    return isClear ? onlyBy(WEEKDAY, DAY, text) : text;
  }

  private static String onlyBy(int choosing, int other, String text) {
    String[] fields = text.split("\\s+");
    fields[choosing] = isAny(fields[choosing]) ? "*" : fields[choosing];
    fields[other] = "?";
    return String.join(" ", fields);
  }

  private static boolean isCounted(String weekdays) {
    return weekdays.matches(".*[0-9].*");
  }

  private static boolean isAny(String field) {
    return field.equals("*") || field.equals("?");
  }
}
