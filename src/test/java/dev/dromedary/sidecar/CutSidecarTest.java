package dev.dromedary.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.sidecar.SidecarVerdict.Cut;
import dev.dromedary.sidecar.SidecarVerdict.Found;
import dev.dromedary.sidecar.SidecarVerdict.Unlisted;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest file that only ends with its connection is taken for no digest it does not hold. */
class CutSidecarTest {

  private static final String NAME = "disk.img";
  private static final String SHA384 = "e5".repeat(48);
  private static final String SHA512 = "f6".repeat(64);
  private static final ExpectedDigest WHOLE = new ExpectedDigest(DigestAlgorithm.SHA_512, SHA512);

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s  disk.img", "# sums\n%s *disk.img", "SHA512 (disk.img) = %s"})
  void neverTellsAnotherDigest_whereverItIsCut(String form) throws IOException {
    String text = form.formatted(SHA512);
    for (int end = 0; end <= text.length(); end++) {
      SidecarVerdict verdict = unframed(text.substring(0, end), Optional.empty());
      if (verdict instanceof Found found) {
        assertThat(found.digests()).as("cut at %s", end).containsExactly(WHOLE);
      } else {
        assertThat(verdict).as("cut at %s", end).isInstanceOfAny(Cut.class, Unlisted.class);
      }
    }
    assertThat(unframed(text, Optional.empty())).isInstanceOf(Found.class);
    assertThat(unframed(text + "\n", Optional.empty())).isInstanceOf(Found.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 40, 56, 63, 64, 96, 127})
  void isCut_whenItsNamePromisesMore(int digits) throws IOException {
    String text = SHA512.substring(0, digits);
    assertThat(unframed(text, Optional.of(DigestAlgorithm.SHA_512))).isInstanceOf(Cut.class);
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void needsNoLineEnd_whenItsNamePromisesAsMuch(DigestAlgorithm algorithm) throws IOException {
    String hex = SHA512.substring(0, 2 * algorithm.lengthBytes());
    assertThat(unframed(hex, Optional.of(algorithm))).isInstanceOf(Found.class);
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void needsNoLineEnd_whenItsLengthWasTold(DigestAlgorithm algorithm) throws IOException {
    String hex = SHA512.substring(0, 2 * algorithm.lengthBytes());
    assertThat(read(hex, true, Optional.empty())).isInstanceOf(Found.class);
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void lineEndShowsThatItIsWhole(DigestAlgorithm algorithm) throws IOException {
    String hex = SHA512.substring(0, 2 * algorithm.lengthBytes());
    for (String end : Arrays.asList("\n", "\r\n", "\r")) {
      assertThat(unframed(hex + end, Optional.empty())).isInstanceOf(Found.class);
    }
  }

  @Test
  void tellsWhatStoodBeforeTheCut() throws IOException {
    String text = SHA512 + "  " + NAME + "\n" + SHA512.substring(0, 64);
    assertThat(unframed(text, Optional.empty())).isInstanceOf(Found.class);
  }

  @Test
  void isCut_whenADigestThatIsNotComputedMayBeTheBeginningOfOneThatIs() throws IOException {
    assertThat(unframed(SHA384, Optional.empty())).isInstanceOf(Cut.class);
  }

  private static SidecarVerdict unframed(String text, Optional<DigestAlgorithm> promised)
      throws IOException {
    return read(text, false, promised);
  }

  private static SidecarVerdict read(
      String text, boolean isFramed, Optional<DigestAlgorithm> promised) throws IOException {
    return SidecarReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        isFramed,
        new WantedFile(NAME, NAME, promised));
  }
}
