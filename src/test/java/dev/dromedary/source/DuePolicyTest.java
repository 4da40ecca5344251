package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** When a source is due, also where the clock jumps. */
class DuePolicyTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));
  private static final Schedule NIGHTLY = cron("0 30 2 * * ?", BERLIN);
  private static final Instant START = Instant.parse("2026-01-10T12:00:00Z");

  private final DuePolicy policy = new DuePolicy(START, Duration.ZERO);

  private static Schedule cron(String expression, ZoneId zone) {
    return CronSchedule.parse(expression, zone);
  }

  @Test
  void isDueAtOnce_whenAnIntervalWasNeverPolled() {
    assertThat(policy.isDue(HOURLY, null, START)).isTrue();
    assertThat(policy.nextDue(HOURLY, null, START)).hasValue(START);
  }

  @Test
  void isDueAgain_whenTheIntervalHasPassed() {
    assertThat(policy.isDue(HOURLY, START, START.plusSeconds(3599))).isFalse();
    assertThat(policy.isDue(HOURLY, START, START.plusSeconds(3600))).isTrue();
    assertThat(policy.nextDue(HOURLY, START, START)).hasValue(START.plusSeconds(3600));
  }

  @Test
  void isNotLateByALookEachTime() {
    DuePolicy eachSecond = new DuePolicy(START, Duration.ofSeconds(1));
    Schedule often = new Schedule.Every(Duration.ofSeconds(1));

    assertThat(eachSecond.isDue(often, START.plusMillis(20), START.plusMillis(1010))).isTrue();
    assertThat(eachSecond.isDue(often, START, START.plusMillis(499))).isFalse();
    assertThat(eachSecond.isDue(HOURLY, START, START.plusMillis(3_599_499))).isFalse();
    assertThat(eachSecond.isDue(HOURLY, START, START.plusMillis(3_599_500))).isTrue();
    Schedule hasty = new Schedule.Every(Duration.ofMillis(2));
    assertThat(eachSecond.isDue(hasty, START, START)).isFalse();
  }

  @Test
  void beginsAnew_whenTheClockIsSetBackBehindItsBeginning() {
    Instant back = START.minus(Duration.ofHours(12));
    Instant fire = Instant.parse("2026-01-10T01:30:00Z");

    DuePolicy later = policy.asOf(back);
    assertThat(later.isDue(NIGHTLY, null, back)).isFalse();
    assertThat(later.isDue(NIGHTLY, null, fire)).isTrue();
    assertThat(later.asOf(fire)).isEqualTo(later);
    assertThat(policy.asOf(START)).isEqualTo(policy);
  }

  @Test
  void waitsForItsTimeAfterTheStart_whenACronWasNeverPolled() {
    Instant first = Instant.parse("2026-01-11T01:30:00Z");

    assertThat(policy.isDue(NIGHTLY, null, START)).isFalse();
    assertThat(policy.isDue(NIGHTLY, null, first.minusMillis(1))).isFalse();
    assertThat(policy.isDue(NIGHTLY, null, first)).isTrue();
    assertThat(policy.isDue(NIGHTLY, null, first.plus(Duration.ofDays(3)))).isTrue();
  }

  @Test
  void isDueOnce_howeverManyTimesWereMissed() {
    Instant now = START.plus(Duration.ofDays(9));

    assertThat(policy.isDue(NIGHTLY, START, now)).isTrue();
    assertThat(policy.isDue(NIGHTLY, now, now)).isFalse();
    assertThat(policy.isDue(NIGHTLY, now, now.plusSeconds(60))).isFalse();
  }

  @Test
  void isNotDueTwiceForOneTime_whenPolledInTheSameSecond() {
    Instant fire = Instant.parse("2026-01-11T01:30:00Z");

    assertThat(policy.isDue(NIGHTLY, fire, fire.plusMillis(900))).isFalse();
    assertThat(policy.isDue(NIGHTLY, fire.plusMillis(500), fire.plusMillis(900))).isFalse();
    assertThat(policy.isDue(NIGHTLY, fire.minusMillis(1), fire)).isTrue();
  }

  @Test
  void isNeverDueAgain_whenTheYearsOfACronAreOver() {
    Schedule over = cron("0 0 0 1 1 ? 2020", BERLIN);

    assertThat(policy.nextDue(over, null, START)).isEmpty();
    assertThat(policy.isDue(over, null, START)).isFalse();
  }

  @Test
  void firesAtTheJump_whenSpringSkipsTheTime() {
    assertThat(fires(NIGHTLY, "2026-03-27T23:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void firesOnce_whenAutumnRepeatsTheTime() {
    assertThat(fires(NIGHTLY, "2026-10-23T23:00:00Z", 4))
        .containsExactly(
            "2026-10-24T00:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-26T01:30:00Z",
            "2026-10-27T01:30:00Z");
  }

  @Test
  void goesOnAfterTheRepeatedHour_whenPolledWithinIt() {
    assertThat(fires(NIGHTLY, "2026-10-25T01:10:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
    assertThat(fires(cron("0 0 * * * ?", BERLIN), "2026-10-24T23:30:00Z", 3))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
  }

  @Test
  void firesHourlyThroughSpring() {
    assertThat(fires(cron("0 0 * * * ?", BERLIN), "2026-03-29T00:00:00Z", 3))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T03:00:00Z");
  }

  @Test
  void standsOnTheWallClockOfItsZone_alsoWhenThatIsAnOffset() {
    assertThat(fires(cron("0 0 9 ? * MON", ZoneId.of("Asia/Tokyo")), "2026-01-10T00:00:00Z", 1))
        .containsExactly("2026-01-12T00:00:00Z");
    assertThat(fires(cron("0 0 9 * * ?", ZoneId.of("UTC+5")), "2026-01-10T00:00:00Z", 1))
        .containsExactly("2026-01-10T04:00:00Z");
  }

  @Property(tries = 300)
  void alwaysMovesForward(@ForAll @LongRange(min = 1_774_000_000L, max = 1_794_000_000L) long at) {
    for (String expression : List.of("0 */20 * * * ?", "0 30 2 * * ?", "0 15,45 1-3 * * ?")) {
      for (String zone : List.of("Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns")) {
        Schedule.Cron cron = CronSchedule.parse(expression, ZoneId.of(zone));
        Instant after = Instant.ofEpochSecond(at);
        Instant next = CronSchedule.nextAfter(cron, after).orElseThrow();

        assertThat(next).as("%s in %s", expression, zone).isAfter(after);
        assertThat(next).isBefore(after.plus(Duration.ofHours(26)));
        assertThat(CronSchedule.nextAfter(cron, next.minusMillis(1))).hasValue(next);
      }
    }
  }

  private List<String> fires(Schedule schedule, String after, int count) {
    List<String> fires = new ArrayList<>();
    Instant last = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      last = policy.nextDue(schedule, last, last).orElseThrow();
      fires.add(last.toString());
    }
    return fires;
  }
}
