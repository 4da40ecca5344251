package dev.dromedary.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.sidecar.SidecarVerdict.Found;
import dev.dromedary.sidecar.SidecarVerdict.Unlisted;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a digest file holds: a right value or a refusal, never anything else. */
class SidecarFuzzTest {

  private static final String NAME = "disk.img";
  private static final WantedFile WANTED = new WantedFile(NAME, "d/" + NAME, Optional.empty());

  @Property(tries = 2000, seed = "20261122")
  void answersBytesOfAnyKind(@ForAll("bytes") byte[] bytes, @ForAll("wanted") WantedFile wanted)
      throws IOException {
    SidecarVerdict verdict = SidecarReader.read(new Piecemeal(bytes), true, wanted);
    if (verdict instanceof Found found) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      assertThat(found.digests()).isNotEmpty().allMatch(digest -> text.contains(digest.hex()));
      assertThat(found.digests()).extracting(ExpectedDigest::algorithm).doesNotHaveDuplicates();
      wanted
          .algorithm()
          .ifPresent(
              promised ->
                  assertThat(found.digests())
                      .extracting(ExpectedDigest::algorithm)
                      .contains(promised));
    }
  }

  @Property(tries = 2000, seed = "20261123")
  void findsTheLineAmongAnyOthers(
      @ForAll("listed") List<String> others,
      @ForAll("names") String name,
      @ForAll Random random,
      @ForAll("writers") Writer writer)
      throws IOException {
    DigestAlgorithm algorithm = DigestAlgorithm.values()[random.nextInt(4)];
    ExpectedDigest digest = digest(algorithm, random);
    List<String> lines = new ArrayList<>(others);
    lines.add(random.nextInt(lines.size() + 1), writer.line(digest, name));
    WantedFile wanted = new WantedFile(name, name, Optional.of(algorithm));
    assertThat(read(join(lines, random), wanted)).isEqualTo(new Found(List.of(digest)));
  }

  @Property(tries = 1000, seed = "20261124")
  void neverTakesTheDigestOfAnotherFile(
      @ForAll("listed") List<String> others, @ForAll Random random) throws IOException {
    assertThat(read(join(others, random), WANTED)).isInstanceOf(Unlisted.class);
  }

  @Property(tries = 1000, seed = "20261125")
  void refusesWhateverDiffers(
      @ForAll("listed") List<String> others,
      @ForAll Random random,
      @ForAll("writers") Writer writer)
      throws IOException {
    List<String> lines = new ArrayList<>(others);
    for (int i = 0; i < 2; i++) {
      ExpectedDigest digest = digest(DigestAlgorithm.SHA_256, random);
      lines.add(random.nextInt(lines.size() + 1), writer.line(digest, NAME));
    }
    assertThat(read(join(lines, random), WANTED)).isInstanceOf(SidecarVerdict.Unusable.class);
  }

  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "a1".repeat(32),
                "B2".repeat(16),
                "c3".repeat(20),
                "d4".repeat(64),
                "e5".repeat(48),
                NAME,
                "d/" + NAME,
                "  ",
                " *",
                "\\",
                "\\n",
                "(",
                ")",
                " = ",
                "SHA256 (",
                "MD5",
                "- ",
                "#",
                "\uFEFF",
                "<html>",
                "-----BEGIN PGP SIGNED MESSAGE-----",
                "-----BEGIN PGP SIGNATURE-----",
                "-----END PGP SIGNATURE-----",
                "Hash: SHA512"),
            Arbitraries.of("\n", "\r\n", "\r", "\n\n"),
            Arbitraries.of("\n", "  " + NAME + "\n"),
            Arbitraries.strings().ofMaxLength(6),
            Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofMaxLength(140));
    Arbitrary<byte[]> composed =
        piece
            .list()
            .ofMaxSize(30)
            .map(pieces -> String.join("", pieces).getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> raw = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(9, composed), net.jqwik.api.Tuple.of(1, raw));
  }

  @Provide
  Arbitrary<WantedFile> wanted() {
    Arbitrary<Optional<DigestAlgorithm>> promised =
        Arbitraries.of(DigestAlgorithm.class).optional(0.3);
    return Combinators.combine(Arbitraries.of(NAME, "", "x\ny"), promised)
        .as(
            (name, algorithm) ->
                new WantedFile(name, name.isEmpty() ? "" : "d/" + name, algorithm));
  }

  /** Names as they are; a blank at the end is lost in most formats. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("abcXYZ019._-+ ()=*#;\\\u00e9\u0130\u65e5\r\n")
        .ofMinLength(1)
        .ofMaxLength(20)
        .filter(name -> name.equals(name.strip()) && !name.equals("-") && !name.startsWith("*"));
  }

  @Provide
  Arbitrary<List<String>> listed() {
    Arbitrary<String> files = Arbitraries.of("a.img", "Disk.img", NAME + ".gz", "d/x", NAME + "/x");
    Arbitrary<Writer> writers = writers();
    return Combinators.combine(files, writers, Arbitraries.randomValue(random -> random))
        .as((file, writer, random) -> writer.line(digest(DigestAlgorithm.SHA_256, random), file))
        .list()
        .ofMinSize(1)
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<Writer> writers() {
    return Arbitraries.of(Writer.class);
  }

  /** How a line is written. */
  enum Writer {
    TEXT,
    BINARY,
    BSD,
    BELOW;

    String line(ExpectedDigest digest, String name) {
      boolean isEscaped = name.contains("\\") || name.contains("\n") || name.contains("\r");
      String written = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
      String begin = isEscaped ? "\\" : "";
      String label = digest.algorithm().jcaName().replace("-", "");
      return begin
          + switch (this) {
            case TEXT -> digest.hex() + "  " + written;
            case BINARY -> digest.hex() + " *" + written;
            case BSD -> label + " (" + written + ") = " + digest.hex();
            case BELOW -> digest.hex().toUpperCase(Locale.ROOT) + "  ./" + written;
          };
    }
  }

  private static String join(List<String> lines, Random random) {
    return String.join(random.nextBoolean() ? "\n" : "\r\n", lines)
        + (random.nextBoolean() ? "\n" : "");
  }

  private static ExpectedDigest digest(DigestAlgorithm algorithm, Random random) {
    byte[] bytes = new byte[algorithm.lengthBytes()];
    random.nextBytes(bytes);
    return new ExpectedDigest(algorithm, HexFormat.of().formatHex(bytes));
  }

  private static SidecarVerdict read(String text, WantedFile wanted) throws IOException {
    return SidecarReader.read(new Piecemeal(text.getBytes(StandardCharsets.UTF_8)), true, wanted);
  }

  /** A stream that gives a few bytes at a time, as networks do. */
  private static final class Piecemeal extends InputStream {
    private final ByteArrayInputStream bytes;
    private int size = 1;

    private Piecemeal(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      size = size % 13 + 1;
      return bytes.read(into, offset, Math.min(size, length));
    }
  }
}
