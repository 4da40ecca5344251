package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is suggested is what was meant, or nothing. */
class NearestNameTest {

  private static final List<String> KNOWN =
      List.of("-V", "-h", "-o", "id", "to", "url", "rate", "every", "--connections", "maxShrink");

  @ParameterizedTest
  @CsvSource({
    "ulr, url",
    "rl, url",
    "raet, rate",
    "rats, rate",
    "evrey, every",
    "Every, every",
    "URL, url",
    "-v, -V",
    "ID, id",
    "--conections, --connections",
    "--connnectoins, --connections",
    "maxshrnik, maxShrink"
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.of(written, KNOWN)).hasValue(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kb", "-x", "-k", "2", "of", "ur12", "axle", "ovary", "connect"})
  void findsNothing_whereNothingIsNear(String written) {
    assertThat(NearestName.of(written, KNOWN)).isEmpty();
    assertThat(NearestName.oneOf(written, List.of("url", "id")))
        .isEqualTo("expected one of url, id");
  }
}
