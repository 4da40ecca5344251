package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({"1h, 1h", "90m, 90m", "1500ms, 1500ms", "48h, 2d", "60s, 1m", "7s, 7s", "0s, 0ms"})
  void isWrittenExactly(String read, String written) {
    assertThat(TimeSpan.exact(TimeSpan.parse(read))).isEqualTo(written);
    assertThat(TimeSpan.parse(written)).isEqualTo(TimeSpan.parse(read));
  }
}
