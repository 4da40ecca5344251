package dev.dromedary.source;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Schedule.Cron;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * Quartz cron expressions on the wall clock of a zone. Pure.
 *
 * <p>Quartz alone lets a nightly time that the clock jumps over in spring fall out, and takes an
 * unknown zone for GMT. Here the expression runs on a wall clock without jumps, and java.time
 * places its times: one that the clock jumps over fires at the jump, one that comes twice fires the
 * first time only, as cron(8) does it.
 */
public final class CronSchedule {

  private CronSchedule() {}

  /**
   * Reads an expression of six or seven fields.
   *
   * @throws IllegalArgumentException with the refusal, if there is one
   */
  static Cron parse(String expression, ZoneId zone) {
    refusal(expression)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return new Cron(String.join(" ", fields(expression.strip())), zone);
  }

  /**
   * Returns what is wrong with an expression, as a message for the user, if a field holds what it
   * may not, both or none of its days choose, or it can never fire; with what was probably meant,
   * where that is clear.
   */
  public static Optional<String> refusal(String expression) {
    String text = expression.strip();
    List<String> fields = fields(text);
    return problem(fields)
        .map(problem -> problem + CronMeaning.hint(fields))
        .or(
            () ->
                fires(String.join(" ", fields))
                    ? Optional.empty()
                    : Optional.of("expected a time that exists, found one that never comes"))
        .map(why -> "cron " + Quoted.of(text) + ": " + why);
  }

  /** Says whether it can be read. */
  static boolean isGood(String cron) {
    return problem(fields(cron)).isEmpty() && fires(cron);
  }

  private static List<String> fields(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
  }

  private static Optional<String> problem(List<String> fields) {
    if (fields.size() < 6 || fields.size() > 7) {
      return Optional.of(
          "expected Quartz's 6 or 7 fields, which begin with seconds"
              + " (second minute hour day month weekday [year]), found "
              + fields.size());
    }
    boolean hasOneDay =
        CronField.DAY.in(fields).equals("?") != CronField.WEEKDAY.in(fields).equals("?");
    return CronField.problem(fields)
        .or(
            () ->
                hasOneDay
                    ? Optional.empty()
                    : Optional.of("expected ? for one of day and weekday"));
  }

  private static boolean fires(String cron) {
    return firstAfter(new Date(0), cron).isPresent();
  }

  /**
   * Reads the name of a zone.
   *
   * @throws IllegalArgumentException with a message for the user when there is no such zone
   */
  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      String hint = text.contains("/") ? NearestName.hint(text, ZoneId.getAvailableZoneIds()) : "";
      throw new IllegalArgumentException(
          "zone " + Quoted.of(text) + ": expected one such as Europe/Berlin or UTC" + hint, e);
    }
  }

  /** Returns the first time after {@code after} at which it fires, if there is one. */
  static Optional<Instant> nextAfter(Cron cron, Instant after) {
    Date wallClock = Date.from(wallClockAt(cron.zone(), after).toInstant(ZoneOffset.UTC));
    return firstAfter(wallClock, cron.expression())
        .map(fire -> LocalDateTime.ofInstant(fire.toInstant(), ZoneOffset.UTC))
        .map(fire -> place(cron.zone(), fire));
  }

  private static LocalDateTime wallClockAt(ZoneId zone, Instant instant) {
    ZonedDateTime zoned = instant.atZone(zone);
    ZoneOffsetTransition jump = zone.getRules().getTransition(zoned.toLocalDateTime());
    boolean repeated = jump != null && jump.getOffsetAfter().equals(zoned.getOffset());
    return repeated ? jump.getDateTimeBefore().minusSeconds(1) : zoned.toLocalDateTime();
  }

  private static Instant place(ZoneId zone, LocalDateTime wallClock) {
    ZoneOffsetTransition jump = zone.getRules().getTransition(wallClock);
    return jump != null && jump.isGap()
        ? jump.getInstant()
        : ZonedDateTime.ofLocal(wallClock, zone, null).toInstant();
  }

  private static Optional<Date> firstAfter(Date wallClock, String cron) {
    try {
      CronExpression expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
      return Optional.ofNullable(expression.getNextValidTimeAfter(wallClock));
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "cron " + Quoted.of(cron) + ": expected a Quartz cron expression, " + e.getMessage(), e);
    }
  }
}
