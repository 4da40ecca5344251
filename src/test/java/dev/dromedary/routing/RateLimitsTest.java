package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.source.HostPattern;
import dev.dromedary.source.OriginEntry;
import dev.dromedary.source.OriginList;
import dev.dromedary.source.OriginTimes;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TlsFiles;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which limits hold for whom, and where they come from. */
class RateLimitsTest {

  private static final String HOST = "a.example.org:443";

  private final RateLimits limits = new RateLimits(0, () -> 0L);

  private List<Long> of(String source) {
    return limits.of(source, HOST).stream().map(RateLimit::bytesPerSecond).toList();
  }

  @Test
  void withoutLimitsThereIsNothingToWaitFor_andNoClockIsRead() throws InterruptedException {
    try (Pace pace = limits.pace("t", "s", HOST)) {
      long waited =
          pace.received(
              1 << 20,
              () -> true,
              () -> {
                throw new AssertionError("clock read");
              });
      assertThat(waited).isZero();
      assertThat(pace.mostBytes()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Test
  void narrowestComesFirst() {
    limits.global(3000);
    limits.origin("*.example.org", 2000);
    limits.source("s", 1000);
    assertThat(of("s")).containsExactly(1000L, 2000L, 3000L);
    assertThat(of("other")).containsExactly(2000L, 3000L);
    assertThat(limits.of("s", "elsewhere.test:80")).hasSize(2);
    assertThat(limits.global()).isEqualTo(3000);
    assertThat(limits.origins()).isEqualTo(Map.of("*.example.org", 2000L));
    assertThat(limits.sources()).isEqualTo(Map.of("s", 1000L));
  }

  @Test
  void mostSpecificPatternCounts_alsoWithNone() {
    limits.origin("*.example.org", 2000);
    limits.origin("a.example.org", 500);
    assertThat(of("s")).containsExactly(500L);
    limits.origin("a.example.org:443", 0);
    assertThat(of("s")).isEmpty();
    assertThat(limits.origins())
        .as("also what was set to none")
        .isEqualTo(Map.of("*.example.org", 2000L, "a.example.org", 500L, "a.example.org:443", 0L));
  }

  @Test
  void whatWasSetByHandIsTold_untilItIsTakenBack() {
    RateLimits configured = new RateLimits(3000, () -> 0L);
    configured.follow(origins("a.example.org", 1000), List.of(source("s", 100)), id -> false);
    assertThat(configured.originsByHand()).isEmpty();
    assertThat(configured.sourcesByHand()).isEmpty();
    assertThat(configured.isGlobalByHand()).isFalse();

    configured.global(0);
    configured.origin("a.example.org", 0);
    configured.source("s", 0);
    configured.source("unlimited", 0);

    assertThat(configured.isGlobalByHand()).isTrue();
    assertThat(configured.originsByHand()).containsExactly("a.example.org");
    assertThat(configured.sourcesByHand()).containsExactly("s");
    assertThat(configured.sources()).isEqualTo(Map.of("s", 0L));

    configured.globalAsConfigured();
    configured.originAsConfigured("a.example.org");
    configured.sourceAsConfigured("s");

    assertThat(configured.global()).isEqualTo(3000);
    assertThat(configured.isGlobalByHand()).isFalse();
    assertThat(configured.originsByHand()).isEmpty();
    assertThat(configured.sources()).isEqualTo(Map.of("s", 100L));
  }

  @Test
  void limitThatComesOrGoesIsSeenByAConnectionUnderWay() throws InterruptedException {
    try (Pace pace = limits.pace("t", "s", HOST)) {
      assertThat(pace.mostBytes()).isEqualTo(Integer.MAX_VALUE);
      limits.source("s", 80_000);
      assertThat(pace.mostBytes()).isEqualTo(10_000);
      limits.source("s", 800_000);
      assertThat(pace.mostBytes()).isEqualTo(100_000);
      limits.source("s", 0);
      assertThat(pace.mostBytes()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Test
  void connectionsOfOneLimitReadLessAtOnceTheMoreTheyAre() {
    limits.global(80_000);
    try (Pace one = limits.pace("t", "s", HOST);
        Pace other = limits.pace("t", "s", HOST)) {
      assertThat(one.mostBytes()).isEqualTo(10_000);
      assertThat(other.mostBytes()).isEqualTo(5_000);
    }
    try (Pace next = limits.pace("t", "s", HOST)) {
      assertThat(next.mostBytes()).isEqualTo(10_000);
    }
  }

  @Test
  void whatWasSetByHandStays_untilTheFilesSaySomethingElse() {
    limits.follow(origins("a.example.org", 1000), List.of(source("s", 100)), id -> false);
    limits.origin("a.example.org", 5000);
    limits.source("s", 500);
    limits.follow(origins("a.example.org", 1000), List.of(source("s", 100)), id -> false);
    assertThat(of("s")).containsExactly(500L, 5000L);
    limits.follow(origins("a.example.org", 1001), List.of(source("s", 101)), id -> false);
    assertThat(of("s")).containsExactly(101L, 1001L);
    limits.follow(OriginList.NONE, List.of(), id -> false);
    assertThat(of("s")).isEmpty();
    assertThat(limits.sources()).isEmpty();
  }

  @Test
  void sourceThatLeavesTheListKeepsItsLimit_untilItsTransferHasEnded() {
    List<Source> left = List.of(source("other", 200));
    limits.follow(OriginList.NONE, List.of(source("s", 100), source("idle", 300)), "s"::equals);
    limits.follow(OriginList.NONE, left, "s"::equals);
    assertThat(limits.sources()).isEqualTo(Map.of("s", 100L, "other", 200L));
    limits.source("s", 50);
    limits.follow(OriginList.NONE, left, "s"::equals);
    assertThat(of("s")).containsExactly(50L);
    limits.follow(OriginList.NONE, left, id -> false);
    assertThat(limits.sources()).isEqualTo(Map.of("other", 200L));
  }

  @Test
  void rateThatIsTakenOutOfTheListIsLiftedAtOnce() {
    limits.follow(OriginList.NONE, List.of(source("s", 100)), id -> true);
    limits.follow(OriginList.NONE, List.of(source("s", OptionalLong.empty())), id -> true);
    assertThat(limits.sources()).isEmpty();
  }

  @Test
  void whatWasSetByHandIsTakenBack_andTheFilesCountAgain() {
    limits.follow(origins("a.example.org", 1000), List.of(source("s", 100)), id -> false);
    limits.origin("a.example.org", 0);
    limits.source("s", 0);
    limits.source("t", 7);
    assertThat(of("s")).isEmpty();
    limits.originAsConfigured("a.example.org");
    limits.sourceAsConfigured("s");
    limits.sourceAsConfigured("t");
    assertThat(of("s")).containsExactly(100L, 1000L);
    assertThat(of("t")).containsExactly(1000L);

    limits.origin("*.org", 50);
    limits.origin("b.org", 0);
    limits.originAsConfigured("b.org");
    assertThat(limits.of("t", "b.org:443")).hasSize(1);
  }

  @Test
  void whatIsNoRateOrHostIsRefused() {
    assertThatThrownBy(() -> limits.global(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits.source("s", -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits.origin("http://a", 1)).hasMessageContaining("'http://a'");
  }

  private static OriginList origins(String host, long rate) {
    return new OriginList(
        List.of(
            new OriginEntry(
                HostPattern.parse(host),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.of(rate),
                Map.of(),
                false,
                Optional.empty(),
                TlsFiles.NONE,
                OriginTimes.NONE)));
  }

  private static Source source(String id, long rate) {
    return source(id, OptionalLong.of(rate));
  }

  private static Source source(String id, OptionalLong rate) {
    return new Source(
        id,
        List.of(URI.create("http://a.example.org/x")),
        id,
        List.of(),
        OptionalLong.empty(),
        new Schedule.Every(Duration.ofHours(1)),
        Map.of(),
        OptionalInt.empty(),
        true,
        false,
        rate,
        Guards.NONE,
        Optional.empty());
  }
}
