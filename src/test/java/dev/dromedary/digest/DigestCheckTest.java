package dev.dromedary.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestCheckTest {

  private static final ExpectedDigest MD5 =
      new ExpectedDigest(DigestAlgorithm.MD5, "00".repeat(15) + "ff");

  @Test
  void findsNothing_whenAllAgree() {
    byte[] digest = new byte[16];
    digest[15] = (byte) 0xff;
    assertThat(DigestCheck.mismatches(List.of(MD5), Map.of(DigestAlgorithm.MD5, digest))).isEmpty();
  }

  @Test
  void saysWhatWasExpectedAndFound_whenOneDiffers() {
    assertThat(DigestCheck.mismatches(List.of(MD5), Map.of(DigestAlgorithm.MD5, new byte[16])))
        .singleElement()
        .asString()
        .isEqualTo("md5: expected " + "00".repeat(15) + "ff, found " + "00".repeat(16));
  }

  @Test
  void refusesToPassWhatWasNotComputed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DigestCheck.mismatches(List.of(MD5), Map.of()))
        .withMessageContaining("md5");
  }
}
