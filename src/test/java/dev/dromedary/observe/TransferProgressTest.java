package dev.dromedary.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TransferProgressTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final TransferProgress progress = new TransferProgress("t1", "data", "data.bin", START);

  @Test
  void countsResumedBytesAsReceivedButNotIntoTheRate() {
    progress.state(TransferState.RUNNING);
    progress.begin(OptionalLong.of(1000), 600);
    progress.received(200);

    ProgressSnapshot seen = progress.snapshot(START.plusSeconds(2));

    assertThat(seen.receivedBytes()).isEqualTo(800);
    assertThat(seen.resumedBytes()).isEqualTo(600);
    assertThat(seen.networkBytes()).isEqualTo(200);
    assertThat(seen.bytesPerSecond()).isEqualTo(100);
    assertThat(seen.averageBytesPerSecond()).isEqualTo(100);
    assertThat(seen.eta()).isEqualTo(Duration.ofSeconds(2));
    assertThat(seen.percent()).hasValue(80);
  }

  @Test
  void startsOverWithoutForgettingWhatTheNetworkCarried() {
    progress.begin(OptionalLong.of(1000), 0);
    progress.received(700);
    progress.begin(OptionalLong.of(1000), 0);
    progress.received(100);

    ProgressSnapshot seen = progress.snapshot(START.plusSeconds(1));

    assertThat(seen.receivedBytes()).isEqualTo(100);
    assertThat(seen.networkBytes()).isEqualTo(800);
  }

  @Test
  void neverShowsMoreThanTheTotal_whenAChunkCameTwice() {
    progress.begin(OptionalLong.of(1000), 0);
    progress.received(1100);

    assertThat(progress.snapshot(START.plusSeconds(1)).receivedBytes()).isEqualTo(1000);
  }

  @Test
  void hasNeitherPercentNorEta_whenTheLengthIsUnknown() {
    progress.state(TransferState.RUNNING);
    progress.begin(OptionalLong.empty(), 0);
    progress.received(100);

    ProgressSnapshot seen = progress.snapshot(START.plusSeconds(1));

    assertThat(seen.percent()).isEmpty();
    assertThat(seen.eta()).isNull();
    assertThat(seen.bytesPerSecond()).isEqualTo(100);
  }

  @Test
  void anEmptyFileIsComplete() {
    progress.begin(OptionalLong.of(0), 0);

    assertThat(progress.snapshot(START).percent()).hasValue(100);
  }

  @Test
  void forgetsWhenARetryIsDue_onceItRuns() {
    progress.failed(FailureCode.CONNECTION_LOST, "cut");
    progress.retryAt(START.plusSeconds(5));
    assertThat(progress.snapshot(START).state()).isEqualTo(TransferState.RETRYING);
    assertThat(progress.snapshot(START).retryAt()).isEqualTo(START.plusSeconds(5));

    progress.attempt(2);
    progress.state(TransferState.RUNNING);

    ProgressSnapshot seen = progress.snapshot(START);
    assertThat(seen.retryAt()).isNull();
    assertThat(seen.attempt()).isEqualTo(2);
    assertThat(seen.lastFailure()).isEqualTo(FailureCode.CONNECTION_LOST);
    assertThat(seen.lastReason()).isEqualTo("cut");
  }

  @Test
  void neverCountsFewerThanNoConnections() {
    progress.connectionOpened();
    progress.connectionClosed();
    progress.connectionClosed();
    progress.connectionOpened();

    assertThat(progress.snapshot(START).connections()).isEqualTo(1);
  }

  @Test
  void losesNoByte_whenManyThreadsCount() throws InterruptedException {
    progress.begin(OptionalLong.empty(), 0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int k = 0; k < 10_000; k++) {
                  progress.received(3);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join(10_000);
    }

    assertThat(progress.snapshot(START).networkBytes()).isEqualTo(120_000);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> progress.begin(OptionalLong.empty(), -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> progress.attempt(0)).hasMessageContaining("attempt 0");
  }

  @Property(tries = 100)
  void theRateIsThatOfTheLastTenSeconds(
      @ForAll @Size(min = 60, max = 90) List<@IntRange(max = 100_000) Integer> perHalfSecond) {
    RateMeter meter = new RateMeter(0, 0);
    long count = 0;
    long rate = 0;
    for (int i = 0; i < perHalfSecond.size(); i++) {
      count += perHalfSecond.get(i);
      rate = meter.perSecond((i + 1) * 500_000_000L, count);
    }
    int size = perHalfSecond.size();
    long last = perHalfSecond.subList(size - 20, size).stream().mapToLong(n -> n).sum();

    assertThat(rate).isEqualTo(Math.round(last / 10.0));
  }

  @Test
  void theRateFallsToZero_tenSecondsAfterTheLastByte() {
    RateMeter meter = new RateMeter(0, 0);
    meter.perSecond(1_000_000_000L, 5000);

    assertThat(meter.perSecond(11_000_000_000L, 5000)).isZero();
  }

  @Test
  void theRateSurvivesAClockThatGoesBack() {
    RateMeter meter = new RateMeter(5_000_000_000L, 0);

    assertThat(meter.perSecond(1_000_000_000L, 10)).isZero();
    assertThat(meter.perSecond(6_000_000_000L, 10)).isEqualTo(10);
  }
}
