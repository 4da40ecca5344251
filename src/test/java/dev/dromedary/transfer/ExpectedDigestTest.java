package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedDigestTest {

  @ParameterizedTest
  @CsvSource({"32, md5", "40, sha-1", "64, sha-256", "128, sha-512"})
  void digitsAloneTellTheAlgorithmByTheirNumber(int digits, String algorithm) {
    ExpectedDigest digest = ExpectedDigest.parse(" " + "Ab".repeat(digits / 2) + " ");

    assertThat(digest).hasToString(algorithm + "=" + "ab".repeat(digits / 2));
    assertThat(ExpectedDigest.parse(digest.toString())).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "xy", "sha-256", "sha-256:ab"})
  void anythingElseIsTold(String text) {
    assertThatThrownBy(() -> ExpectedDigest.parse(text))
        .hasMessageContaining("expected ALGORITHM=HEX with one of md5, sha-1, sha-256, sha-512");
  }
}
