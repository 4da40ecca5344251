package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is taken for a clock that was set back, and what is not. */
class ClockWatchTest {

  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private long nowNanos = Long.MAX_VALUE - 5;
  private final List<Duration> told = new ArrayList<>();
  private final ClockWatch watch =
      new ClockWatch(
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC), () -> nowNanos, told::add);

  @Test
  void tellsOnceByHowMuchItWasSetBack() {
    pass(Duration.ofSeconds(60));
    watch.run();
    set(Duration.ofHours(-2));
    watch.run();
    pass(Duration.ofSeconds(1));
    watch.run();
    assertThat(told).containsExactly(Duration.ofHours(2));
  }

  @Test
  void tellsEachTimeItIsSetBack_alsoAfterItWasSetForward() {
    set(Duration.ofHours(3));
    watch.run();
    set(Duration.ofHours(-2));
    watch.run();
    set(Duration.ofHours(-1));
    pass(Duration.ofSeconds(1));
    watch.run();
    assertThat(told).containsExactly(Duration.ofHours(2), Duration.ofHours(1));
  }

  @Test
  void saysNothing_whenItIsSetForwardOrTheMachineWasSuspended() {
    set(Duration.ofDays(2));
    watch.run();
    pass(Duration.ofSeconds(1));
    watch.run();
    assertThat(told).isEmpty();
  }

  @Test
  void addsSmallStepsUp() {
    for (int i = 0; i < 5; i++) {
      set(Duration.ofSeconds(-1));
      pass(Duration.ofSeconds(1));
      watch.run();
    }
    assertThat(told).isEmpty();
    set(Duration.ofMillis(-1));
    watch.run();
    assertThat(told).containsExactly(Duration.ofMillis(5001));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nowNanos += time.toNanos();
  }

  private void set(Duration by) {
    now = now.plus(by);
  }
}
