package dev.dromedary.source;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the author of an expression that is refused probably meant: a nickname or the five fields of
 * crontab(5), or Quartz's with both days set or with weekdays as others count them. Pure.
 */
final class CronMeaning {

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 0 1 1 ?",
          "@annually", "0 0 0 1 1 ?",
          "@monthly", "0 0 0 1 * ?",
          "@weekly", "0 0 0 ? * SUN",
          "@daily", "0 0 0 * * ?",
          "@midnight", "0 0 0 * * ?",
          "@hourly", "0 0 * * * ?");

  private static final String NEVER_BOTH =
      "; other than a crontab, Quartz goes by the day or by the weekday, never by both";

  private static final int DAY = CronField.DAY.ordinal();
  private static final int WEEKDAY = CronField.WEEKDAY.ordinal();

  /** A number that is a weekday, and neither a step nor which one of the month. */
  private static final Pattern WEEKDAY_NUMBER = Pattern.compile("(?<![/#0-9])[0-7](?![0-9])");

  private CronMeaning() {}

  /** Returns {@code , did you mean '…'?} with what Quartz takes and means the same, or why not. */
  static String hint(List<String> fields) {
    return switch (fields.size()) {
      case 1 -> didYouMean(Optional.ofNullable(NICKNAMES.get(fields.get(0))));
      case 5 -> ofCrontab(fields);
      case 6, 7 -> ofQuartz(fields);
      default -> "";
    };
  }

  /** Crontab has no seconds, and counts weekdays from 0 or 7 for Sunday. */
  private static String ofCrontab(List<String> fields) {
    List<String> all = new ArrayList<>(fields);
    all.add(0, "0");
    Optional<String> weekdays = CrontabWeekdays.named(all.get(WEEKDAY));
    if (weekdays.isEmpty()) {
      return "";
    }
    boolean eitherWillDo = !isOpen(all.get(DAY)) && !isOpen(all.get(WEEKDAY));
    all.set(WEEKDAY, weekdays.get());
    if (eitherWillDo && isAny(weekdays.get())) {
      all.set(DAY, "*");
    }
    return ofQuartz(all);
  }

  /** A crontab takes either of two days, but where one begins with an asterisk both. */
  private static boolean isOpen(String field) {
    return field.startsWith("*") || field.equals("?");
  }

  private static String ofQuartz(List<String> fields) {
    if (isAny(fields.get(WEEKDAY))) {
      return didYouMean(by(DAY, fields));
    }
    if (isAny(fields.get(DAY))) {
      return byWeekday(fields);
    }
    boolean isRefusedForBoth = by(DAY, fields).isPresent() && by(WEEKDAY, fields).isPresent();
    return isRefusedForBoth ? NEVER_BOTH : "";
  }

  /** Whoever counts weekdays may count them from another day than Quartz. */
  private static String byWeekday(List<String> fields) {
    String written = fields.get(WEEKDAY);
    Optional<String> asCrontab = CrontabWeekdays.named(written).flatMap(days -> on(days, fields));
    Optional<String> asQuartz = asQuartz(written).flatMap(days -> on(days, fields));
    if (!WEEKDAY_NUMBER.matcher(written).find() || asQuartz.equals(asCrontab)) {
      return didYouMean(asCrontab.or(() -> asQuartz));
    }
    return didYouMean(
        asCrontab.map(good -> Quoted.of(good) + " (0 for Sunday)"),
        asQuartz.map(good -> Quoted.of(good) + " (1 for Sunday)"));
  }

  private static Optional<String> asQuartz(String weekdays) {
    if (!CronField.WEEKDAY.takes(weekdays)) {
      return Optional.empty();
    }
    String named =
        WEEKDAY_NUMBER
            .matcher(weekdays)
            .replaceAll(number -> CrontabWeekdays.name(Integer.parseInt(number.group()) - 1));
    return CrontabWeekdays.named(named).or(() -> Optional.of(named));
  }

  private static Optional<String> on(String weekdays, List<String> fields) {
    List<String> meant = new ArrayList<>(fields);
    meant.set(WEEKDAY, weekdays);
    return by(isAny(weekdays) ? DAY : WEEKDAY, meant);
  }

  /** Returns the expression where one of its days chooses and the other does not, if it is good. */
  private static Optional<String> by(int choosing, List<String> fields) {
    List<String> meant = new ArrayList<>(fields);
    meant.set(choosing, isAny(fields.get(choosing)) ? "*" : fields.get(choosing));
    meant.set(choosing == DAY ? WEEKDAY : DAY, "?");
    return Optional.of(String.join(" ", meant)).filter(CronSchedule::isGood);
  }

  private static boolean isAny(String field) {
    return field.equals("*") || field.equals("?");
  }

  private static String didYouMean(Optional<String> meant) {
    return didYouMean(meant.map(Quoted::of), Optional.empty());
  }

  private static String didYouMean(Optional<String> one, Optional<String> other) {
    String meant = Stream.of(one, other).flatMap(Optional::stream).collect(joining(" or "));
    return meant.isEmpty() ? "" : ", did you mean " + meant + "?";
  }
}
