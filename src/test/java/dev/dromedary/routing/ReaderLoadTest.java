package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReaderLoadTest {

  private static final long MILLI = 1_000_000;

  private final Map<Long, Long> worked = new HashMap<>();
  private long now = 5 * MILLI;
  private final ReaderLoad load = new ReaderLoad(() -> now, id -> worked.getOrDefault(id, -1L));

  @Test
  void isTheAverageOfThoseKnownBefore() {
    work(1, 10);
    work(2, 10);
    assertThat(load.of(List.of(1L, 2L))).isEmpty();

    now += 100 * MILLI;
    work(1, 90);
    work(2, 30);
    work(3, 100);

    assertThat(load.of(List.of(1L, 2L, 3L)).orElseThrow()).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void countsFromTheLastQuestion() {
    load.of(List.of(1L));
    now += 100 * MILLI;
    work(1, 100);
    load.of(List.of(1L));
    now += 100 * MILLI;
    work(1, 20);

    assertThat(load.of(List.of(1L)).orElseThrow()).isCloseTo(0.2, within(0.02));
  }

  @Test
  void isUnknown_ofThreadsThatAreNewOrWhenThereAreNone() {
    load.of(List.of(1L));
    now += 100 * MILLI;

    assertThat(load.of(List.of(1L))).isPresent();
    assertThat(load.of(List.of(2L))).isEmpty();
    assertThat(load.of(List.of())).as("again").hasValue(0);
    assertThat(load.of(List.of(3L))).isEmpty();
  }

  @Test
  void isZero_whereTheJvmDoesNotTell() {
    load.of(List.of(7L));
    now += 100 * MILLI;

    assertThat(load.of(List.of(7L)).orElseThrow()).isZero();
  }

  @Test
  void asksTheJvmForWhatAThreadHasDone() {
    ThreadWork work = new ThreadWork();
    long id = Thread.currentThread().getId();
    long before = work.applyAsLong(id);
    long until = System.nanoTime() + 50 * MILLI;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }

    assertThat(before).isPositive();
    assertThat(work.applyAsLong(id) - before).isPositive();
    assertThat(work.applyAsLong(Long.MAX_VALUE)).isNegative();
  }

  private void work(long thread, long millis) {
    worked.merge(thread, millis * MILLI, Long::sum);
  }
}
