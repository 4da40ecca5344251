package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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

  @Test
  void aColonMayStandBetween_asContainersWriteIt() {
    String hex = "ab".repeat(32);

    assertThat(ExpectedDigest.parse("sha256:" + hex)).hasToString("sha-256=" + hex);
    assertThatThrownBy(() -> ExpectedDigest.parse("sha-256:ab"))
        .hasMessage("digest sha-256=ab: expected 64 hexadecimal digits, found 2 characters");
    assertThatThrownBy(() -> ExpectedDigest.parse("crc32:ab"))
        .hasMessage("digest algorithm 'crc32': expected one of md5, sha-1, sha-256, sha-512");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "xy", "sha-256"})
  void anythingElseIsTold(String text) {
    assertThatThrownBy(() -> ExpectedDigest.parse(text))
        .hasMessageContaining("expected ALGORITHM=HEX with one of md5, sha-1, sha-256, sha-512");
  }
}
