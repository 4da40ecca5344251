package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartSettingsTest {

  private static final Duration FIVE = Duration.ofSeconds(5);

  @Test
  void hasTheDefaultsThatAreDocumented() {
    assertThat(PartSettings.DEFAULTS).isEqualTo(new PartSettings(1_048_576, 67_108_864, FIVE));
  }

  @Test
  void refusesWhatIsOutOfRange() {
    refused(16_383, 1 << 20, FIVE, "chunkSizeBytes 16383");
    refused((16 << 20) + 1, 1 << 30, FIVE, "chunkSizeBytes 16777217");
    refused(1 << 20, (1 << 20) - 1, FIVE, "syncEveryBytes 1048575");
    refused(1 << 20, 1 << 20, Duration.ofMillis(9), "syncEvery PT0.009S");
    refused(1 << 20, 1 << 20, Duration.ofMinutes(61), "syncEvery PT1H1M");
  }

  private static void refused(int chunk, long bytes, Duration every, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartSettings(chunk, bytes, every))
        .withMessageContaining(message);
  }
}
