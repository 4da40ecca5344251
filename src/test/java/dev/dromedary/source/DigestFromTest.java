package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DigestAlgorithm;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a digest file is, and what its name tells. */
class DigestFromTest {

  @ParameterizedTest
  @CsvSource({
    ".sha256, http://h/d/x.img, http://h/d/x.img.sha256",
    ".sha256, http://h/d/x.img?a=1&b=%2F, http://h/d/x.img.sha256?a=1&b=%2F",
    "SHA256SUMS, http://h/d/x.img?a=1, http://h/d/SHA256SUMS",
    "./SHA256SUMS, http://h/d/x.img, http://h/d/SHA256SUMS",
    "../SHA256SUMS, http://h/d/e/x.img, http://h/d/SHA256SUMS",
    "/sums/md5?t=1, http://h:81/d/x.img, http://h:81/sums/md5?t=1",
    "//other/SHA256SUMS, https://h/d/x.img, https://other/SHA256SUMS",
    "?what=sha256, http://h/d/x.img?what=file, http://h/d/x.img?what=sha256",
    "https://keys.test/a%20b/SHA1SUMS#x, http://h/x, https://keys.test/a%20b/SHA1SUMS",
  })
  void isFoundFromTheUrlOfItsFile(String text, String base, String url) {
    assertThat(DigestFrom.parse(text).of(URI.create(base)).url()).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource({
    ".md5, MD5",
    ".MD5, MD5",
    ".md5sum, MD5",
    ".sha1, SHA_1",
    ".sha-1, SHA_1",
    ".sha256, SHA_256",
    ".sha256sum.txt, SHA_256",
    ".sha512, SHA_512",
    "SHA256SUMS, SHA_256",
    "SHA256SUMS.asc, SHA_256",
    "sha256sum.txt, SHA_256",
    "SHASUMS256.txt, SHA_256",
    "MD5SUMS, MD5",
    "SHA512SUMS?v=sha1, SHA_512",
    "CHECKSUMS,",
    "checksums.txt,",
    "SHASUMS,",
    ".sum,",
    "md5-sha256.txt,",
    "md5-tools/CHECKSUMS,",
  })
  void isOfTheAlgorithmThatItsNameTells(String text, DigestAlgorithm expected) {
    URI url = URI.create("http://h/sha512-test.img");
    assertThat(DigestFrom.parse(text).of(url).algorithm().orElse(null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".sha384|found one of sha384",
        "SHA3-256SUMS|found one of sha3",
        ".sha512-256|found one of sha512-256",
        "B2SUMS|found one of b2sums",
        "..|expected a suffix such as .sha256",
        ".a b|expected a suffix such as .sha256",
        "SHA 256|expected %20, found a space at character 4",
        "{{env:HOME}}|expected a literal URL",
        "ftp://h/SHA256SUMS|expected scheme http or https, found 'ftp'",
        "http://u:s3cret@h/SHA256SUMS|found credentials",
        "//u:s3cret@h/SHA256SUMS|found credentials",
        "SHA256SUMS?sig=s3cret%2|expected two hexadecimal digits",
      })
  void refusesWhatLeadsNowhere(String text, String why) {
    assertThatThrownBy(() -> DigestFrom.parse(text).of(URI.create("http://h/d/x.img")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("digestFrom")
        .hasMessageContaining(why)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"http://h/d/", "http://h", "http://h/?file=x.img"})
  void hasNoSuffix_whereTheUrlEndsInNoName(String url) {
    assertThatThrownBy(() -> DigestFrom.parse(".sha256").of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a URL that ends in a file name");
  }
}
