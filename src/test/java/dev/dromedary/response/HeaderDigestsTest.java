package dev.dromedary.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderDigestsTest {

  private static final String[] NAMES = {
    "Repr-Digest",
    "Content-Digest",
    "Digest",
    "Content-MD5",
    "x-goog-hash",
    "x-amz-checksum-sha256",
    "x-amz-checksum-sha1",
    "x-amz-checksum-type"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // header | value with {algorithm} for a base64 digest | on a 200 | on a 206
        "Repr-Digest | sha-256=:{SHA-256}: | SHA_256 | SHA_256",
        "Repr-Digest | md5=:{MD5}:;q=1, sha-512=:{SHA-512}: | MD5 SHA_512 | MD5 SHA_512",
        "Repr-Digest | sha=:{SHA-1}: | SHA_1 | SHA_1",
        "Content-Digest | sha-256=:{SHA-256}: | SHA_256 | ''",
        "Digest | SHA-256={SHA-256},unixsum=30637 | SHA_256 | SHA_256",
        "Digest | sha={SHA-1} | SHA_1 | SHA_1",
        "Content-MD5 | {MD5} | MD5 | ''",
        "x-goog-hash | crc32c=n03x6A==,md5={MD5} | MD5 | MD5",
        "x-amz-checksum-sha256 | {SHA-256} | SHA_256 | ''",
        "x-amz-checksum-sha1 | {SHA-1} | SHA_1 | ''",
        "x-amz-checksum-sha256 | {SHA-256}-7 | '' | ''",
        "Repr-Digest | sha-256={SHA-256} | '' | ''",
        "Repr-Digest | sha-256=:{MD5}: | '' | ''",
        "Repr-Digest | sha-256=:====: | '' | ''",
        "Digest | sha-256=:{SHA-256}: | '' | ''",
        "Content-MD5 | nonsense | '' | ''",
      })
  void readsWhatSpeaksOfTheWhole(String name, String value, String on200, String on206)
      throws NoSuchAlgorithmException {
    String filled = value;
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      filled =
          filled.replace(
              "{" + algorithm.jcaName() + "}", Base64.getEncoder().encodeToString(of(algorithm)));
    }
    assertThat(HeaderDigests.read(new ResponseFacts(200, Map.of(name, List.of(filled)))))
        .isEqualTo(expected(on200));
    assertThat(HeaderDigests.read(new ResponseFacts(206, Map.of(name, List.of(filled)))))
        .isEqualTo(expected(on206));
  }

  @Test
  void passesOverAnAmazonComposite_andAGoogleHashOfWhatIsStored() throws NoSuchAlgorithmException {
    String sha256 = Base64.getEncoder().encodeToString(of(DigestAlgorithm.SHA_256));
    String md5 = Base64.getEncoder().encodeToString(of(DigestAlgorithm.MD5));

    assertThat(
            HeaderDigests.read(
                new ResponseFacts(
                    200,
                    Map.of(
                        "x-amz-checksum-sha256", List.of(sha256),
                        "x-amz-checksum-type", List.of("COMPOSITE"),
                        "x-goog-hash", List.of("md5=" + md5),
                        "x-goog-stored-content-encoding", List.of("gzip")))))
        .isEmpty();
  }

  @Test
  void believesTheFirstHeader_whenTwoContradictEachOther() throws NoSuchAlgorithmException {
    String md5 = Base64.getEncoder().encodeToString(of(DigestAlgorithm.MD5));
    String other = Base64.getEncoder().encodeToString(new byte[16]);

    assertThat(
            HeaderDigests.read(
                new ResponseFacts(
                    200,
                    Map.of(
                        "Content-MD5", List.of(other),
                        "x-goog-hash", List.of("crc32c=n03x6A==", "md5=" + md5)))))
        .isEqualTo(expected("MD5"));
  }

  @Property(tries = 2000, seed = "4203")
  void neverThrows(@ForAll String text, @ForAll boolean whole) {
    for (String name : NAMES) {
      for (String value : List.of(text, "sha-256=:" + text + ":", "md5=" + text)) {
        ResponseFacts facts = new ResponseFacts(whole ? 200 : 206, Map.of(name, List.of(value)));
        assertThat(HeaderDigests.read(facts)).hasSizeLessThanOrEqualTo(4);
      }
    }
  }

  private static List<ExpectedDigest> expected(String algorithms) throws NoSuchAlgorithmException {
    List<ExpectedDigest> expected = new java.util.ArrayList<>();
    for (String name : algorithms.isEmpty() ? new String[0] : algorithms.split(" ", -1)) {
      DigestAlgorithm algorithm = DigestAlgorithm.valueOf(name);
      expected.add(new ExpectedDigest(algorithm, HexFormat.of().formatHex(of(algorithm))));
    }
    return expected;
  }

  private static byte[] of(DigestAlgorithm algorithm) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance(algorithm.jcaName())
        .digest("dromedary".getBytes(StandardCharsets.UTF_8));
  }
}
