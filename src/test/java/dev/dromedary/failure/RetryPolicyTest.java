package dev.dromedary.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(
          5,
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofDays(1));

  @ParameterizedTest
  @CsvSource({
    "CONNECTION_LOST, 0, 0, true",
    "CONNECTION_LOST, 4, 99, true",
    "CONNECTION_LOST, 5, 0, false",
    "DISK_FULL, 1, 0, true",
    "VERSION_CHANGED, 0, 4, true",
    "VERSION_CHANGED, 0, 5, false",
    "RANGE_MISMATCH, 5, 0, false",
    "DIGEST_MISMATCH, 0, 0, true",
    "DIGEST_MISMATCH, 0, 1, false",
    "NOT_FOUND, 0, 0, false",
    "PERMISSION_DENIED, 0, 0, false",
    "STOPPING, 0, 0, false",
    "BUG_FOUND, 0, 0, false",
  })
  void triesAgain_onlyWhereItCanHelp(
      FailureCode code, int withoutProgress, int startOvers, boolean expected) {
    assertThat(POLICY.mayRetry(code, withoutProgress, startOvers)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "2, 4", "3, 8", "5, 32", "6, 60", "7, 60", "2147483647, 60"})
  void waitsBetweenHalfAndAllOfTheDoubledBackoff(int withoutProgress, long wholeSeconds) {
    Random random = new Random(1);
    Duration whole = Duration.ofSeconds(wholeSeconds);

    assertThat(IntStream.range(0, 200).mapToObj(i -> POLICY.delay(withoutProgress, null, random)))
        .allMatch(d -> d.compareTo(whole.dividedBy(2)) >= 0 && d.compareTo(whole) <= 0)
        .anyMatch(d -> d.compareTo(whole.multipliedBy(6).dividedBy(10)) < 0)
        .anyMatch(d -> d.compareTo(whole.multipliedBy(9).dividedBy(10)) > 0);
  }

  @Test
  void obeysTheServer_whenItsWishIsLonger() {
    assertThat(POLICY.delay(1, Duration.ofMinutes(5), new Random(1)))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(POLICY.delay(1, Duration.ofHours(5), new Random(1)))
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(POLICY.delay(1, Duration.ofMillis(1), new Random(1)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Property(tries = 300)
  void delayStaysWithinItsBounds(
      @ForAll int withoutProgress,
      @ForAll @LongRange(min = 0, max = 31_000_000_000L) long backoffMillis,
      @ForAll @LongRange(min = 0, max = 500_000_000L) long aboveMillis,
      @ForAll @LongRange(min = 0, max = 31_000_000_000L) long cap,
      @ForAll long wishSeconds,
      @ForAll @IntRange(min = 1) int tries,
      @ForAll long seed) {
    Duration backoff = Duration.ofMillis(backoffMillis);
    Duration max = backoff.plusMillis(aboveMillis);
    RetryPolicy policy =
        new RetryPolicy(tries, backoff, max, Duration.ofMillis(cap), Duration.ZERO);
    Duration wish = Duration.ofSeconds(wishSeconds);

    Duration delay = policy.delay(withoutProgress, wish, new Random(seed));

    Duration upper = max.compareTo(policy.maxRetryAfter()) > 0 ? max : policy.maxRetryAfter();
    assertThat(delay).isBetween(backoff.dividedBy(2), upper);
  }

  @Test
  void refusesSettingsThatCannotBe() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPolicy(0, second, second, second, second))
        .hasMessage("tries 0: expected 1 or more");
    assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), second, second, second))
        .hasMessage("backoff PT2S: expected PT0S to PT1S");
    assertThatThrownBy(() -> new RetryPolicy(1, second, second, Duration.ofSeconds(-1), second))
        .hasMessageStartingWith("maxRetryAfter PT-1S");
  }
}
