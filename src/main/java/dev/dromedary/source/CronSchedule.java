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
final class CronSchedule {

  private CronSchedule() {}

  /**
   * Reads an expression of six or seven fields.
   *
   * @throws IllegalArgumentException with a message for the user when Quartz refuses it or it can
   *     never fire; with what was probably meant, where that is clear
   */
  static Cron parse(String expression, ZoneId zone) {
    String text = expression.strip();
    int fields = text.isEmpty() ? 0 : text.split("\\s+").length;
    if (fields < 6 || fields > 7) {
      throw refused(
          text,
          "expected Quartz's 6 or 7 fields, which begin with seconds"
              + " (second minute hour day month weekday [year]), found "
              + fields
              + CronMeaning.hint(text));
    }
    try {
      if (compiled(text).getNextValidTimeAfter(new Date(0)) == null) {
        throw refused(text, "expected a time that exists, found one that never comes");
      }
    } catch (ParseException e) {
      throw refused(text, why(text, String.valueOf(e.getMessage())));
    }
    return new Cron(text, zone);
  }

  private static String why(String text, String said) {
    if (CronMeaning.isRefusedForItsDays(text)) {
      return "expected ? for one of day and weekday" + CronMeaning.hint(text);
    }
    String remedy = said.startsWith("Day-of-Week") ? CronMeaning.BY_NAME : "";
    return "expected a Quartz cron expression, " + said + remedy;
  }

  /** Says whether Quartz takes an expression that fires at some time. */
  static boolean isGood(String text) {
    try {
      return compiled(text).getNextValidTimeAfter(new Date(0)) != null;
    } catch (ParseException e) {
      return false;
    }
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
    try {
      Date next = compiled(cron.expression()).getNextValidTimeAfter(wallClock);
      return Optional.ofNullable(next)
          .map(fire -> LocalDateTime.ofInstant(fire.toInstant(), ZoneOffset.UTC))
          .map(fire -> place(cron.zone(), fire));
    } catch (ParseException e) {
      throw new IllegalArgumentException("cron was not validated: " + cron.expression(), e);
    }
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

  private static CronExpression compiled(String text) throws ParseException {
    CronExpression expression = new CronExpression(text);
    expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
    return expression;
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("cron " + Quoted.of(text) + ": " + why);
  }
}
