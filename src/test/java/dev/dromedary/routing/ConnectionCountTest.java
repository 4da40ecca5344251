package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.plan.Sample;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionCountTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asksForOneThreadMoreEachHalfMinute_whenOneWasLacking(boolean isPinned) {
    ConnectionCount count = isPinned ? ConnectionCount.pinned(4) : ConnectionCount.found(4);
    count.answered();
    sampleAt(count, 7);
    count.hasMeansFor(2);

    sampleAt(count, 36);
    assertThat(count.most()).isEqualTo(2);
    assertThat(count.wanted()).isLessThanOrEqualTo(2);
    sampleAt(count, 37);
    assertThat(count.most()).isEqualTo(3);
    sampleAt(count, 66);
    assertThat(count.most()).isEqualTo(3);
    sampleAt(count, 67);
    sampleAt(count, 300);
    assertThat(count.most()).isEqualTo(4);
    assertThat(count.wanted()).isLessThanOrEqualTo(4);
  }

  private static void sampleAt(ConnectionCount count, int second) {
    count.onSample(
        new Sample(Duration.ofSeconds(second), second * 1000L, 1_000_000, 2, 2, 0, 4), 16);
  }
}
