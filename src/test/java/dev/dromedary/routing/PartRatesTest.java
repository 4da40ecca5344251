package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartRatesTest {

  private final PartRates rates = new PartRates(() -> 0);

  @Test
  void tellsWhatShareOfTheBytesSinceTheLastSampleHadWaited() {
    rates.received(300, true);
    rates.received(100, false);
    assertThat(rates.backlogShare()).as("before a sample").isZero();
    rates.sample();
    assertThat(rates.backlogShare()).isEqualTo(0.75);

    rates.received(100, false);
    rates.sample();
    assertThat(rates.backlogShare()).isZero();
  }

  @Test
  void hasNoBacklog_whenNothingCame() {
    rates.received(300, true);
    rates.sample();
    rates.sample();

    assertThat(rates.backlogShare()).isZero();
  }
}
