package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.Schedule.Cron;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Quartz would take for something else, or fail with later, is refused by its field. */
class CronFieldTest {

  private static final List<String> PIECES =
      List.of(
          "L", "W", "LW", "#", "?", "*", "/", "-", ",", "0", "1", "5", "7", "31", "32", "60", "99",
          "MON", "jan", "DAY", "ı");

  private static final List<Instant> TIMES =
      List.of(
          Instant.parse("2026-01-31T23:59:59Z"),
          Instant.parse("2027-02-27T12:00:00Z"),
          Instant.parse("2028-02-29T00:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "99 0 2 * * ?|expected 0 to 59 for the second, found '99'",
        "0 99 2 * * ?|expected 0 to 59 for the minute, found '99'",
        "0 0 99 * * ?|expected 0 to 23 for the hour, found '99'",
        "0 0 5-99 * * ?|expected 0 to 23 for the hour, found '5-99'",
        "0 0 99-5 * * ?|expected 0 to 23 for the hour, found '99-5'",
        "0 0/0 2 * * ?|expected 0 to 59 for the minute, found '0/0'",
        "0 *5 2 * * ?|expected 0 to 59 for the minute, found '*5'",
        "0 5, 2 * * ?|expected 0 to 59 for the minute, found '5,'",
        "0 , 2 * * ?|expected 0 to 59 for the minute, found ','",
        "0 0 2 98 * ?|expected 1 to 31, L or W for the day, found '98'",
        "0 0 2 0W * ?|expected 1 to 31, L or W for the day, found '0W'",
        "0 0 2 L-31 * ?|expected 1 to 31, L or W for the day, found 'L-31'",
        "0 0 2 * 99 ?|expected 1 to 12 or JAN to DEC for the month, found '99'",
        "0 0 2 * L ?|expected 1 to 12 or JAN to DEC for the month, found 'L'",
        "0 0 2 * LW ?|expected 1 to 12 or JAN to DEC for the month, found 'LW'",
        "0 0 2 * JANUARY ?|expected 1 to 12 or JAN to DEC for the month, found 'JANUARY'",
        "0 0 2 * JAN-DEC/2 ?|expected 1 to 12 or JAN to DEC for the month, found 'JAN-DEC/2'",
        "0 0 2 ? * 8|expected 1 (Sunday) to 7 or SUN to SAT for the weekday, found '8'",
        "0 0 2 ? * LW|expected 1 (Sunday) to 7 or SUN to SAT for the weekday, found 'LW'",
        "0 0 2 ? * 1-0|expected 1 (Sunday) to 7 or SUN to SAT for the weekday, found '1-0'",
        "0 0 2 ? * 2#6|expected 1 (Sunday) to 7 or SUN to SAT for the weekday, found '2#6'",
        "0 0 2 ? * MON#1,FRI|expected 1 (Sunday) to 7 or SUN to SAT for the weekday, found",
        "0 0 2 ? * MONDAY-FRIDAY|expected 1 (Sunday) to 7 or SUN to SAT for the weekday, found",
        "0 0 2 * * ? L|expected 1970 to 2099 for the year, found 'L'",
        "0 0 2 * * ? 2030-2026|expected 1970 to 2099 for the year, found '2030-2026'",
        "0 0 2 * * ? 2026-999999999|expected 1970 to 2099 for the year, found '2026-999999999'",
        "0 0 2 * * ? */2147483647|expected 1970 to 2099 for the year, found '*/2147483647'",
      })
  void refusesWhatAFieldMayNotHold(String written, String why) {
    assertThatThrownBy(() -> CronSchedule.parse(written, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cron '" + written + "': " + why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0/5 14,18 * * ?",
        "0 10,44 14 ? 3 WED",
        "0 15 10 L-2 * ?",
        "0 15 10 15W,LW * ?",
        "0 15 10 ? * 6L 2026-2099/3",
        "0 15 10 ? * 6#3",
        "0 15 10 ? * fri#3",
        "0 15 10 ? * L",
        "/30 5 22-2 28-3 nov-FEB ?",
        "0 0 12 1/5 */2 ?",
        "0 0 0 31W 2,03 ?",
        "0  0\t2\n* * ?",
        "0 0 2 ? * FRI-MON",
        "0 0 2 ? * 2-6/2,1 *",
      })
  void takesWhatQuartzHas(String written) {
    Cron cron = CronSchedule.parse(written, ZoneOffset.UTC);

    assertThat(TIMES).allMatch(time -> CronSchedule.nextAfter(cron, time).isPresent());
  }

  @ParameterizedTest
  @EnumSource(CronField.class)
  void whateverAFieldHolds_itIsTakenOrRefused(CronField field) {
    int taken = 0;
    for (String text : upToThreePieces()) {
      List<String> fields = new ArrayList<>(List.of("0", "0", "2", "*", "*", "?", "*"));
      if (field == CronField.WEEKDAY && !text.equals("?")) {
        fields.set(CronField.DAY.ordinal(), "?");
      }
      fields.set(field.ordinal(), text);
      Optional<Cron> cron = taken(String.join(" ", fields));
      cron.ifPresent(good -> TIMES.forEach(time -> CronSchedule.nextAfter(good, time)));
      taken += cron.isPresent() ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(field == CronField.YEAR ? 0 : 50);
  }

  private static Optional<Cron> taken(String written) {
    try {
      return Optional.of(CronSchedule.parse(written, ZoneOffset.UTC));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("cron '" + written + "': expected ");
      assertThat(e.getMessage()).doesNotContain("expected a Quartz cron expression");
      return Optional.empty();
    }
  }

  private static List<String> upToThreePieces() {
    List<String> all = new ArrayList<>(PIECES);
    for (String one : PIECES) {
      for (String two : PIECES) {
        all.add(one + two);
        PIECES.forEach(three -> all.add(one + two + three));
      }
    }
    return all;
  }
}
