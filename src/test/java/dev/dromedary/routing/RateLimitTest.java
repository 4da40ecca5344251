package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes over time under one limit, on a clock of our own. */
class RateLimitTest {

  private static final Percentage CLOSE = Percentage.withPercentage(5);

  private final RateSimulation time = new RateSimulation();

  private RateLimit limit(long rate) {
    return new RateLimit(rate, time::nanos);
  }

  @ParameterizedTest
  @ValueSource(longs = {20_000, 1_000_000, 300_000_000, 5_000_000_000L})
  void rateIsKept(long rate) {
    RateSimulation.Line line = time.line("a", limit(rate));
    time.run(10);
    assertThat(line.received()).isCloseTo(10 * rate, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 32})
  void noQuarterOfASecondBringsMoreThanHalfASecondsBytes(int connections) {
    RateLimit limit = limit(1_000_000);
    List<RateSimulation.Line> lines =
        IntStream.range(0, connections).mapToObj(i -> time.line("t" + i % 2, limit)).toList();
    time.run(5);
    for (double from = 0; from < 4.7; from += 0.05) {
      double start = from;
      long burst = lines.stream().mapToLong(line -> line.received(start, start + 0.25)).sum();
      assertThat(burst).as("from %s s", from).isLessThanOrEqualTo(500_000);
    }
  }

  @Test
  void transfersShareEvenly_howeverManyConnectionsOneHas() {
    RateLimit limit = limit(1_000_000);
    List<RateSimulation.Line> greedy =
        IntStream.range(0, 8).mapToObj(i -> time.line("greedy", limit)).toList();
    RateSimulation.Line modest = time.line("modest", limit);
    time.run(10);
    long most = greedy.stream().mapToLong(RateSimulation.Line::received).sum();
    assertThat(most).isCloseTo(5_000_000, CLOSE);
    assertThat(modest.received()).isCloseTo(5_000_000, CLOSE);
  }

  @Test
  void transferThatComesLaterHasItsShareAtOnce_andNoMore() {
    RateLimit limit = limit(1_000_000);
    RateSimulation.Line first = time.line("first", limit);
    time.run(5);
    RateSimulation.Line late = time.line("late", limit);
    time.run(1);
    assertThat(late.received(5, 6)).isCloseTo(500_000, Percentage.withPercentage(15));
    assertThat(first.received(5, 6)).isCloseTo(500_000, Percentage.withPercentage(15));
    time.remove(first);
    time.run(1);
    assertThat(late.received(6, 7)).isCloseTo(1_000_000, Percentage.withPercentage(15));
  }

  @Test
  void narrowLimitOfOneSlowsNoOther() {
    RateLimit wide = limit(1_000_000);
    RateSimulation.Line slow = time.line("slow", limit(100_000), wide);
    RateSimulation.Line fast = time.line("fast", wide);
    time.run(10);
    assertThat(slow.received()).isCloseTo(1_000_000, CLOSE);
    assertThat(fast.received()).isCloseTo(9_000_000, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(longs = {50_000, 10_000_000})
  void anotherLimitIsObeyedWithinASecond(long next) {
    RateLimit limit = limit(1_000_000);
    List<RateSimulation.Line> lines =
        IntStream.range(0, 4).mapToObj(i -> time.line("t" + i, limit)).toList();
    time.run(3);
    limit.set(next);
    time.run(6);
    long after = lines.stream().mapToLong(line -> line.received(4, 9)).sum();
    assertThat(after).isCloseTo(5 * next, CLOSE);
    long first = lines.stream().mapToLong(line -> line.received(3, 4)).sum();
    assertThat(first).isCloseTo(next, within(Math.round(next * 0.5)));
  }

  @Test
  void bytesReadUnderAHighLimitAreNoDebtUnderALowOne() {
    RateLimit limit = limit(100_000_000);
    RateSimulation.Line line = time.line("a", limit);
    time.run(1);
    limit.set(100_000);
    time.run(2);
    assertThat(line.received(1.3, 3)).isPositive();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void whoeverWaitsIsLetGo_whenTheLimitIsTakenAway() throws InterruptedException {
    RateLimit limit = new RateLimit(1, () -> 0L);
    RateLimit.Share share = limit.join("a");
    CountDownLatch asked = new CountDownLatch(3);
    CountDownLatch through = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      new Thread(() -> receive(limit, share, asked, through)).start();
    }
    asked.await();
    limit.set(0);
    assertThat(through.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void waitingEnds_whenItMakesNoSenseAnyMore() throws InterruptedException {
    RateLimit limit = new RateLimit(1, () -> 0L);
    int[] asked = {0};
    limit.received(limit.join("a"), 1000, () -> ++asked[0] < 3);
    assertThat(asked[0]).isEqualTo(3);
  }

  private static void receive(
      RateLimit limit, RateLimit.Share share, CountDownLatch asked, CountDownLatch through) {
    try {
      limit.received(
          share,
          1000,
          () -> {
            asked.countDown();
            return true;
          });
      through.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
