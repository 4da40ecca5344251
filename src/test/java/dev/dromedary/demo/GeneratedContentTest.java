package dev.dromedary.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedContentTest {

  private static final int MIB = 1 << 20;

  @Test
  void isSpreadOverAllByteValues() {
    int[] counts = new int[256];
    for (byte value : bytes(new GeneratedContent(1, MIB), 0, MIB)) {
      counts[value & 0xff]++;
    }
    assertThat(Arrays.stream(counts).min().orElse(0)).isGreaterThan(MIB / 256 * 9 / 10);
  }

  @Test
  void differs_betweenItsSegments() {
    int segment = ContentBlock.LENGTH;
    GeneratedContent content = new GeneratedContent(1, 100L * segment);
    byte[] first = bytes(content, 0, segment);
    for (int i = 1; i < 100; i++) {
      assertThat(Arrays.equals(bytes(content, (long) i * segment, segment), first)).isFalse();
    }
  }

  @Test
  void matchesTheFileItWasWrittenTo(@TempDir Path directory) throws IOException {
    GeneratedContent content = new GeneratedContent(3, 2 * MIB + 17);
    assertThat(content.matches(file(directory, content))).isTrue();
  }

  @Test
  void findsTheFirstByteOfSwappedChunks(@TempDir Path directory) throws IOException {
    GeneratedContent content = new GeneratedContent(3, 3 * MIB);
    byte[] swapped = bytes(content, 0, 3 * MIB);
    content.fill(2 * MIB, swapped, MIB, MIB);
    content.fill(MIB, swapped, 2 * MIB, MIB);
    Path file = Files.write(directory.resolve("swapped"), swapped);
    int expected = Arrays.mismatch(swapped, bytes(content, 0, 3 * MIB));
    assertThat(content.matches(file)).isFalse();
    assertThat(content.firstMismatch(file)).hasValue(expected);
    assertThat(expected).isBetween(MIB, MIB + 64);
  }

  @Test
  void findsOneWrongByte(@TempDir Path directory) throws IOException {
    GeneratedContent content = new GeneratedContent(3, 3 * MIB);
    byte[] wrong = bytes(content, 0, 3 * MIB);
    wrong[2_345_678] ^= 1;
    assertThat(content.firstMismatch(Files.write(directory.resolve("wrong"), wrong)))
        .hasValue(2_345_678);
  }

  @Test
  void findsAFileThatIsTooShortOrTooLong(@TempDir Path directory) throws IOException {
    GeneratedContent content = new GeneratedContent(3, 2 * MIB);
    assertThat(content.firstMismatch(file(directory, new GeneratedContent(3, MIB)))).hasValue(MIB);
    assertThat(content.firstMismatch(file(directory, new GeneratedContent(3, 2 * MIB + 1))))
        .hasValue(2 * MIB);
    assertThat(content.firstMismatch(Files.write(directory.resolve("none"), new byte[0])))
        .hasValue(0);
  }

  @Test
  void digestsWhatItFills() throws Exception {
    GeneratedContent content = new GeneratedContent(9, 2 * MIB + 5);
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(bytes(content, 0, 2 * MIB + 5));
    assertThat(content.digest(DigestAlgorithm.SHA_256)).isEqualTo(expected);
    assertThat(content.digest(DigestAlgorithm.SHA_256)).isEqualTo(expected);
    assertThat(content.digest(DigestAlgorithm.MD5)).hasSize(16);
  }

  @Test
  void keepsItsDigest_whenACallerOverwritesItsCopy() {
    GeneratedContent content = new GeneratedContent(9, 100);
    byte[] first = content.digest(DigestAlgorithm.SHA_256);
    byte[] overwritten = content.digest(DigestAlgorithm.SHA_256);
    Arrays.fill(overwritten, (byte) 0);
    assertThat(content.digest(DigestAlgorithm.SHA_256)).isEqualTo(first);
  }

  @Test
  void csvIsWholeLines_upToItsEnd() {
    GeneratedContent content = GeneratedContent.csv(4, 10_000);
    String text = new String(bytes(content, 0, 10_000), StandardCharsets.US_ASCII);
    String lines = text.substring(0, text.lastIndexOf('\n'));
    assertThat(lines.lines())
        .allMatch(line -> line.matches("\\d{7},2026-11-\\d\\d,WH-\\d\\d,[0-9a-f]+,\\d+\\.50"));
  }

  @Test
  void refusesToReadBeyondItsEnd() {
    GeneratedContent content = new GeneratedContent(1, 10);
    assertThatThrownBy(() -> content.fill(8, new byte[10], 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> content.slice(10, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static Path file(Path directory, GeneratedContent content) throws IOException {
    byte[] bytes = bytes(content, 0, (int) content.lengthBytes());
    return Files.write(directory.resolve("file-" + content.version()), bytes);
  }

  private static byte[] bytes(Content content, long position, int length) {
    byte[] bytes = new byte[length];
    content.fill(position, bytes, 0, length);
    return bytes;
  }
}
