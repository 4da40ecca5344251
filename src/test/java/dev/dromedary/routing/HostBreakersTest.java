package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A host that fails for several sources rests, is probed by one, and goes on for all. */
class HostBreakersTest {

  private static final String HOST = "https://files.example";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long nowNanos = -5;
  private final HostBreakers breakers =
      new HostBreakers(
          3,
          Duration.ofSeconds(30),
          Duration.ofSeconds(100),
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC),
          () -> nowNanos);

  @Test
  void rests_whenSeveralSourcesFailInARow() {
    fail("a", "b");
    breakers.begin(HOST, "t");
    fail("c");
    assertRests(Duration.ofSeconds(30));
    assertThat(breakers.resting()).containsExactly(Map.entry(HOST, now.plusSeconds(30)));
    breakers.begin("https://other.example", "t");
  }

  @Test
  void oneSourceCountsOnce_howeverOftenItFails() {
    fail("a", "a", "a", "a", "a", "a", "b");
    breakers.begin(HOST, "t");
  }

  @Test
  void anAnswerBeginsTheCountAnew() {
    fail("a", "b");
    breakers.answered(HOST);
    fail("c", "d");
    breakers.begin(HOST, "t");
  }

  @Test
  void isProbedByOne_andServesAllAgainWhenItAnswers() {
    fail("a", "b", "c");
    pass(31);
    breakers.begin(HOST, "t");
    assertRests(Duration.ofSeconds(30));
    breakers.answered(HOST);
    breakers.begin(HOST, "t");
    breakers.begin(HOST, "t");
    assertThat(breakers.resting()).isEmpty();
  }

  @Test
  void restsLongerEachTime_whenTheProbeFails() {
    fail("a", "b", "c");
    for (int seconds : new int[] {60, 100, 100}) {
      pass(101);
      breakers.begin(HOST, "t");
      fail("a");
      assertRests(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void isAskedWhenItsRestIsOver_andNotLaterByWhoComesAtItsEnd() {
    fail("a", "b", "c");
    pass(29);
    assertRests(Duration.ofSeconds(1));
    nowNanos += Duration.ofMillis(999).toNanos();
    assertRests(Duration.ofMillis(1));
  }

  @Test
  void tellsWhoseAnswerEndsARest() {
    fail("a", "b", "c");
    assertThat(breakers.left(HOST)).isEqualTo(Duration.ofSeconds(30));
    assertStands(true, false, false);
    pass(31);
    assertThat(breakers.left(HOST)).isZero();
    assertThat(breakers.resting()).isEmpty();
    assertStands(false, true, false);
    breakers.begin(HOST, "t");
    assertStands(true, false, true);
    breakers.abandoned(HOST, "t");
    assertStands(false, true, false);
    breakers.begin(HOST, "u");
    assertThat(breakers.answered(HOST)).isTrue();
    assertStands(false, false, false);
    assertThat(breakers.answered(HOST)).isFalse();
  }

  @Test
  void restMayBeEnded_andDoesNotCount() {
    fail("a", "b", "c");
    breakers.endRest(HOST);
    assertThat(breakers.resting()).isEmpty();
    breakers.begin(HOST, "t");
    fail("a");
    assertRests(Duration.ofSeconds(30));
    assertThat(breakers.rests(HOST)).isEqualTo(1);
  }

  @Test
  void isProbedByAnother_whenTheFirstProbeSaidNothingOfTheHost() {
    fail("a", "b", "c");
    pass(31);
    breakers.begin(HOST, "t");
    breakers.abandoned(HOST, "t");
    breakers.begin(HOST, "t");
    assertRests(Duration.ofSeconds(30));
  }

  @Test
  void anAttemptThatIsNotTheProbe_givesNoPermitBack() {
    fail("a", "b", "c");
    pass(31);
    breakers.begin(HOST, "probe");
    breakers.abandoned(HOST, "other");
    assertRests(Duration.ofSeconds(30));
    breakers.abandoned(HOST, "probe");
    breakers.abandoned(HOST, "probe");
    breakers.begin(HOST, "t");
    assertRests(Duration.ofSeconds(30));
  }

  @Test
  void restsNoLonger_whenTheClockIsSetBack() {
    fail("a", "b", "c");
    Map<String, Instant> told = breakers.resting();
    now = now.minusSeconds(3600);
    assertRests(Duration.ofSeconds(30));
    assertThat(breakers.resting()).isEqualTo(told);
    pass(31);
    breakers.begin(HOST, "t");
  }

  @Test
  void restsNoLess_whenTheClockIsSetForward() {
    fail("a", "b", "c");
    now = now.plusSeconds(3600);
    assertRests(Duration.ofSeconds(30));
  }

  @Test
  void neverRests_whenItIsSwitchedOff() {
    HostBreakers off =
        new HostBreakers(
            0, Duration.ofSeconds(30), Duration.ofSeconds(30), Clock.systemUTC(), System::nanoTime);
    for (int i = 0; i < 100; i++) {
      off.failed(HOST, "source-" + i);
    }
    off.begin(HOST, "t");
    assertThat(off.resting()).isEmpty();
  }

  private void fail(String... sources) {
    for (String source : sources) {
      breakers.failed(HOST, source);
    }
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
    nowNanos += Duration.ofSeconds(seconds).toNanos();
  }

  private void assertStands(boolean isResting, boolean awaitsProbe, boolean isBeingProbed) {
    assertThat(breakers.isResting(HOST)).as("rests").isEqualTo(isResting);
    assertThat(breakers.awaitsProbe(HOST)).as("awaits a probe").isEqualTo(awaitsProbe);
    assertThat(breakers.isBeingProbed(HOST)).as("is probed").isEqualTo(isBeingProbed);
  }

  private void assertRests(Duration wait) {
    assertThatThrownBy(() -> breakers.begin(HOST, "t"))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.HOST_RESTING);
              assertThat(e.retryAfter()).contains(wait);
            });
  }
}
