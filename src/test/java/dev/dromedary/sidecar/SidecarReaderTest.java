package dev.dromedary.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.dromedary.sidecar.SidecarVerdict.Found;
import dev.dromedary.sidecar.SidecarVerdict.Unlisted;
import dev.dromedary.sidecar.SidecarVerdict.Unusable;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A digest file tells the right digest of one file, or why it does not. */
class SidecarReaderTest {

  private static final String A = "a1".repeat(32);
  private static final String B = "b2".repeat(32);
  private static final String MD5 = "c3".repeat(16);
  private static final String SHA1 = "d4".repeat(20);
  private static final String SHA384 = "e5".repeat(48);
  private static final String SHA512 = "f6".repeat(64);
  private static final String SIGNATURE =
      "-----BEGIN PGP SIGNATURE-----\n\niQIzBAEBCAAd\n=abcd\n-----END PGP SIGNATURE-----\n";

  static Stream<Arguments> digestFiles() {
    return Stream.of(
        arguments("coreutils", A + "  disk.img\n"),
        arguments("coreutils, binary", A + " *disk.img\n"),
        arguments("without a line end", A + "  disk.img"),
        arguments("one blank", A + " disk.img\n"),
        arguments("a tab", A + "\tdisk.img\n"),
        arguments("capitals", A.toUpperCase(Locale.ROOT) + "  disk.img\n"),
        arguments("among others", B + "  a.img\n" + A + "  disk.img\n" + B + "  disk.img.gz\n"),
        arguments("twice the same", A + "  disk.img\n" + A + " *disk.img\n"),
        arguments("CR LF", B + "  a.img\r\n" + A + "  disk.img\r\n"),
        arguments("CR", B + "  a.img\r" + A + "  disk.img\r"),
        arguments("a byte order mark", "\uFEFF" + A + "  disk.img\n"),
        arguments("comments", "# disk.img\n; " + B + "  disk.img\n\n" + A + "  disk.img\n"),
        arguments("below the directory", A + "  ./disk.img\n"),
        arguments("in another directory", A + "  build/out/disk.img\n"),
        arguments("an absolute path", A + " */srv/build/disk.img\n"),
        arguments(
            "a path before a name",
            B + "  old/disk.img\n" + A + "  disk.img\n" + B + "  x/disk.img\n"),
        arguments("BSD", "SHA256 (disk.img) = " + A + "\n"),
        arguments("OpenSSL", "SHA2-256(disk.img)= " + A + "\n"),
        arguments("OpenSSL before 3", "SHA256(disk.img)= " + A + "\n"),
        arguments("a dash in the algorithm", "sha-256 (disk.img) = " + A + "\n"),
        arguments("alone", A + "\n"),
        arguments("alone without a line end", A),
        arguments("of standard input", A + "  -\n"),
        arguments("alone with a comment", "# made by hand\n" + A + "\n"),
        arguments(
            "clear-signed",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n# disk\n"
                + A
                + "  disk.img\n"
                + SIGNATURE),
        arguments(
            "clear-signed with dashes escaped",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- ----\n- "
                + A
                + "  disk.img\n"
                + SIGNATURE),
        arguments("a signature behind", A + "  disk.img\n" + SIGNATURE),
        arguments("text around", "Checksums of the release\n" + A + "  disk.img\nThe end.\n"),
        arguments(
            "algorithms that are not computed",
            "SHA384 (disk.img) = " + SHA384 + "\nSHA256 (disk.img) = " + A + "\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("digestFiles")
  void findsTheDigest(String form, String text) throws IOException {
    assertThat(read(text, wanted("http://h/d/disk.img", "SHA256SUMS")))
        .isEqualTo(new Found(List.of(new ExpectedDigest(DigestAlgorithm.SHA_256, A))));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        arguments("an empty file", "", Unlisted.class, "found no line"),
        arguments("comments alone", "# soon\n\n", Unlisted.class, "found no line"),
        arguments(
            "other files",
            A + "  a.img\n" + B + "  disk.img.sig\n",
            Unlisted.class,
            "'disk.img', found 2 lines for other files"),
        arguments("another case", A + "  Disk.img\n", Unlisted.class, "found 1 line"),
        arguments("a digest alone among others", A + "\n" + B + "  a\n", Unlisted.class, "1 line"),
        arguments("a cut digest", A.substring(1) + "  disk.img\n", Unusable.class, "another kind"),
        arguments(
            "two that differ", A + "  disk.img\n" + B + "  disk.img\n", Unusable.class, "differ"),
        arguments("two alone that differ", A + "\n" + B + "\n", Unusable.class, "differ"),
        arguments(
            "two directories",
            A + "  a/disk.img\n" + B + "  b/disk.img\n",
            Unusable.class,
            "differ"),
        arguments(
            "a web page", "\n <!DOCTYPE html>\n" + A + "  disk.img\n", Unusable.class, "web page"),
        arguments("text alone", "Not found\n", Unusable.class, "1 line of another kind"),
        arguments("a digest within text", "It is:\n" + A + "\n", Unusable.class, "another kind"),
        arguments("binary data", "PK\u0003\u0004" + A, Unusable.class, "binary"),
        arguments("UTF-16", "\uFEFFa\u00001\u0000", Unusable.class, "UTF-16"),
        arguments("a signature", SIGNATURE, Unusable.class, "a signature alone"),
        arguments(
            "another algorithm alone", SHA384 + "  disk.img\n", Unusable.class, "another digest"),
        arguments(
            "another algorithm than promised",
            MD5 + "  disk.img\n",
            Unusable.class,
            "expected sha-256 for 'disk.img'"),
        arguments(
            "a digest of another length than its algorithm's",
            "SHA256 (disk.img) = " + MD5 + "\n",
            Unusable.class,
            "another kind"),
        arguments(
            "a long line",
            "x".repeat(SidecarReader.LONGEST_LINE_BYTES + 1),
            Unusable.class,
            "at most 8192 bytes"),
        arguments(
            "a long file",
            (A + "  a.img\n").repeat(60_000) + A + "  disk.img\n",
            Unusable.class,
            "at most 4194304 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void saysWhyThereIsNone(String what, String text, Class<?> verdict, String why)
      throws IOException {
    SidecarVerdict found = read(text, wanted("http://h/d/disk.img", "SHA256SUMS"));
    assertThat(found).isInstanceOf(verdict);
    assertThat(found.toString()).contains(why);
  }

  @Test
  void takesEveryAlgorithmOfTheFile() throws IOException {
    String text =
        """
        MD5 (disk.img) = %s
        SHA1 (disk.img) = %s
        SHA256 (disk.img) = %s
        SHA512 (disk.img) = %s
        SHA512 (other.img) = %s
        """
            .formatted(MD5, SHA1, A, SHA512, "00".repeat(64));
    assertThat(read(text, wanted("http://h/disk.img", "CHECKSUM")))
        .isEqualTo(
            new Found(
                List.of(
                    new ExpectedDigest(DigestAlgorithm.MD5, MD5),
                    new ExpectedDigest(DigestAlgorithm.SHA_1, SHA1),
                    new ExpectedDigest(DigestAlgorithm.SHA_256, A),
                    new ExpectedDigest(DigestAlgorithm.SHA_512, SHA512))));
  }

  @Test
  void tellsFilesOfOneNameApartByTheirDirectories() throws IOException {
    String text = A + "  ./netboot/mini.iso\n" + B + "  ./netboot/gtk/mini.iso\n";
    URI list = URI.create("http://h/images/SHA256SUMS");
    DigestFile file = new DigestFile(list, Optional.empty());
    URI first = URI.create("http://h/images/netboot/mini.iso");
    URI second = URI.create("http://h/images/netboot/gtk/mini.iso");
    assertThat(hex(read(text, WantedFile.of(first, file)))).isEqualTo(A);
    assertThat(hex(read(text, WantedFile.of(second, file)))).isEqualTo(B);
  }

  @ParameterizedTest
  @MethodSource("names")
  void knowsTheNameThatTheUrlEncodes(String url, String written) throws IOException {
    String text = B + "  other\n" + written.formatted(A) + "\n";
    assertThat(hex(read(text, wanted(url, "SHA256SUMS")))).isEqualTo(A);
  }

  static Stream<Arguments> names() {
    return Stream.of(
        arguments("http://h/a%20b%C3%A9.img", "%s  a b\u00e9.img"),
        arguments("http://h/a+b.img", "%s  a+b.img"),
        arguments("http://h/100%25.img", "%s  100%%.img"),
        arguments("http://h/%2Astar", "%s **star"),
        arguments("http://h/x%5Cy", "\\%s  x\\\\y"),
        arguments("http://h/x%0Ay", "\\%s  x\\ny"),
        arguments("http://h/a)%20=%20(b", "SHA256 (a) = (b) = %s"),
        arguments("http://h/x.img?token=1", "%s  x.img"));
  }

  @Test
  void readsNoMoreThanItMay_ofALineThatNeverEnds() throws IOException {
    long[] given = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given[0]++;
            return 'a';
          }
        };
    assertThat(SidecarReader.read(endless, true, wanted("http://h/x", "x.sha256")))
        .isInstanceOf(Unusable.class);
    assertThat(given[0]).isLessThan(64 * 1024);
  }

  private static SidecarVerdict read(String text, WantedFile wanted) throws IOException {
    return SidecarReader.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), true, wanted);
  }

  private static String hex(SidecarVerdict verdict) {
    assertThat(verdict).isInstanceOf(Found.class);
    return ((Found) verdict).digests().get(0).hex();
  }

  private static WantedFile wanted(String url, String digestFile) {
    Optional<DigestAlgorithm> named =
        digestFile.startsWith("SHA256") ? Optional.of(DigestAlgorithm.SHA_256) : Optional.empty();
    URI file = URI.create(url);
    return WantedFile.of(file, new DigestFile(file.resolve(digestFile), named));
  }
}
