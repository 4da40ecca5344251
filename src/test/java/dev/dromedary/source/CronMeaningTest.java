package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An expression of crontab is answered by one that Quartz takes and that means the same. */
class CronMeaningTest {

  private static final List<String> WEEKDAYS =
      List.of(
          "*", "*/1", "*/2", "*/3", "*/7", "*,1", "1,*", "0", "7", "0-6", "1-7", "0-7", "1-5",
          "5-7", "0-7/2", "1-7/3", "6,0", "mon", "SUN", "mon-fri", "sun-sat", "mon,3");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 2 * * *|0 30 2 * * ?",
        "  */15   *  * * * |0 */15 * * * ?",
        "0 9-17/2 1,15 jan,jul *|0 0 9-17/2 1,15 jan,jul ?",
        "0 3 * * ?|0 0 3 * * ?",
        "0 3 ? * *|0 0 3 * * ?",
        "0 3 * * 0-7|0 0 3 * * ?",
        "0 3 1 * 0-6|0 0 3 * * ?",
        "0 3 1 * 1-7|0 0 3 * * ?",
        "0 3 1 * 1,*|0 0 3 * * ?",
        "0 3 1 * *,1|0 0 3 1 * ?",
        "0 3 */2 * */1|0 0 3 */2 * ?",
        "0 3 * * 0|0 0 3 ? * SUN",
        "0 3 * * 7|0 0 3 ? * SUN",
        "0 3 * * 1|0 0 3 ? * MON",
        "0 3 * * 1-5|0 0 3 ? * MON-FRI",
        "0 3 * * mon-Fri|0 0 3 ? * MON-FRI",
        "0 3 * * 0,6|0 0 3 ? * SAT-SUN",
        "0 3 * * 5-7|0 0 3 ? * FRI-SUN",
        "0 3 * * 0-2|0 0 3 ? * MON-TUE,SUN",
        "0 3 * * 1,3,5|0 0 3 ? * MON,WED,FRI",
        "0 3 * * */2|0 0 3 ? * TUE,THU,SAT-SUN",
        "0 30 2 * * *|0 30 2 * * ?",
        "0 30 2 ? * ?|0 30 2 * * ?",
        "0 30 2 1 * *|0 30 2 1 * ?",
        "0 30 2 * * MON-FRI|0 30 2 ? * MON-FRI",
        "0 30 2 * * MON-FRI/2|0 30 2 ? * MON,WED,FRI",
        "0 30 2 ? * MON-FRI/2|0 30 2 ? * MON,WED,FRI",
        "0 30 2 * * */2|0 30 2 ? * TUE,THU,SAT-SUN",
        "0 30 2 * * 1-7|0 30 2 * * ?",
        "0 30 2 * * SAT-MON|0 30 2 ? * SAT-MON",
        "0 30 2 * * MON#1|0 30 2 ? * MON#1",
        "0 30 2 * * * 2099|0 30 2 * * ? 2099",
        "@yearly|0 0 0 1 1 ?",
        "@annually|0 0 0 1 1 ?",
        "@monthly|0 0 0 1 * ?",
        "@weekly|0 0 0 ? * SUN",
        "@daily|0 0 0 * * ?",
        "@midnight|0 0 0 * * ?",
        "@hourly|0 0 * * * ?",
      })
  void suggestsWhatMeansTheSame(String written, String meant) {
    assertThatThrownBy(() -> CronSchedule.parse(written, ZoneOffset.UTC))
        .hasMessageEndingWith(", did you mean '" + meant + "'?");
    assertThat(CronSchedule.isGood(meant)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 3 1 * 1",
        "0 3 */2 * 1",
        "0 3 * * 8",
        "0 3 * * 5-1",
        "0 3 * * 1,5-1",
        "0 3 * * 1/2",
        "0 3 * jan-dec/2 *",
        "@reboot",
        "0 3 * * 1,",
        "0 25 * * *",
        "0 0 30 2 *",
        "60 2 * * 1",
        "a b c d e",
        "30 2 * *",
        "0 0 30 2 * * ? 2099",
        "0 30 2 1 * 1",
        "0 30 2 1 * MON",
        "0 30 2 * * 2/2",
        "0 30 2 ? * 8",
        "0 30 2 32 * *",
        "",
      })
  void suggestsNothing_whereNothingMeansTheSame(String written) {
    assertThatThrownBy(() -> CronSchedule.parse(written, ZoneOffset.UTC))
        .hasMessageNotContaining("did you mean");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 30 2 * * 2|'0 30 2 ? * TUE' (0 for Sunday) or '0 30 2 ? * MON' (1 for Sunday)",
        "0 0 2 * * 1-5|'0 0 2 ? * MON-FRI' (0 for Sunday) or '0 0 2 ? * MON-THU,SUN' (1 for Sunday)",
        "0 0 2 * * 2-6/2|'0 0 2 ? * TUE,THU,SAT' (0 for Sunday) or '0 0 2 ? * MON,WED,FRI' (1 for"
            + " Sunday)",
        "0 0 2 * * 6-1|'0 0 2 ? * FRI-SUN' (1 for Sunday)",
        "0 0 2 * * 6L|'0 0 2 ? * FRIL' (1 for Sunday)",
        "0 0 2 * * 2#1|'0 0 2 ? * MON#1' (1 for Sunday)",
        "0 0 2 ? * 0|'0 0 2 ? * SUN' (0 for Sunday)",
        "0 0 2 * * 0-4|'0 0 2 ? * MON-THU,SUN' (0 for Sunday)",
      })
  void namesTheWeekdays_asEitherWouldCountThem(String written, String meant) {
    assertThatThrownBy(() -> CronSchedule.parse(written, ZoneOffset.UTC))
        .hasMessageEndingWith(", did you mean " + meant + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30 2 1 * MON", "30 2 */2 * 1", "0 30 2 1 * MON", "0 30 2 1 * 1"})
  void saysWhy_whereBothDaysChoose(String written) {
    assertThatThrownBy(() -> CronSchedule.parse(written, ZoneOffset.UTC))
        .hasMessageEndingWith(
            "; other than a crontab, Quartz goes by the day or by the weekday, never by both");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 3 * * 5-7|2026-11-27 2026-11-28 2026-11-29 2026-12-04",
        "0 3 * * 0-2|2026-11-29 2026-11-30 2026-12-01 2026-12-06",
        "0 3 * * 0,6|2026-11-28 2026-11-29 2026-12-05 2026-12-06",
      })
  void suggestionFiresOnTheDaysOfCrontab(String written, String days) {
    String meant = hint(written).replaceAll(".*'(.*)'.*", "$1");
    Schedule.Cron cron = CronSchedule.parse(meant, ZoneOffset.UTC);
    List<String> fired = new ArrayList<>();
    Instant last = Instant.parse("2026-11-27T00:00:00Z");
    for (int i = 0; i < 4; i++) {
      last = CronSchedule.nextAfter(cron, last).orElseThrow();
      fired.add(last.toString().substring(0, 10));
    }

    assertThat(String.join(" ", fired)).isEqualTo(days);
  }

  @Test
  void noSuggestionFiresAtOtherTimesThanTheCrontab() {
    int suggested = 0;
    for (String month : List.of("*", "*/5", "jan-mar")) {
      for (String day : List.of("*", "*/1", "*/2", "1", "1,15", "1-31", "31", "2-30/7", "*,1")) {
        for (String weekday : WEEKDAYS) {
          suggested +=
              agrees("0 3 " + day + " " + month + " " + weekday, Duration.ofDays(1), 400) ? 1 : 0;
        }
      }
    }
    for (String minute : List.of("*", "0", "*/7", "5-20/4", "1,59", "*/59", "*,1")) {
      for (String hour : List.of("*", "3", "*/5", "9-17/2", "0,23")) {
        suggested += agrees(minute + " " + hour + " * * *", Duration.ofMinutes(1), 1500) ? 1 : 0;
      }
    }
    assertThat(suggested).isGreaterThan(200);
  }

  /** Returns false where nothing is suggested; looks at each of so many steps. */
  private static boolean agrees(String written, Duration step, int steps) {
    String hint = hint(written);
    if (!hint.contains("did you mean")) {
      return false;
    }
    String meant = hint.replaceAll(".*'(.*)'.*", "$1");
    Schedule.Cron cron = CronSchedule.parse(meant, ZoneOffset.UTC);
    Crontab crontab = Crontab.of(written);
    Instant last = Instant.parse("2027-12-31T03:00:00Z");
    Instant at = last;
    for (int i = 0; i < steps; i++) {
      at = at.plus(step);
      if (crontab.firesAt(at.atOffset(ZoneOffset.UTC))) {
        assertThat(CronSchedule.nextAfter(cron, last)).as("%s: %s", written, meant).hasValue(at);
        last = at;
      }
    }
    return true;
  }

  private static String hint(String written) {
    return CronMeaning.hint(List.of(written.split("\\s+")));
  }
}
