package dev.dromedary.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class GeneratedContentPropertiesTest {

  private static final long GIB = 1L << 30;
  private static final int MIB = 1 << 20;

  @Property(tries = 50)
  void givesTheSameBytes_howeverTheReadIsSplit(
      @ForAll long seed,
      @ForAll @LongRange(max = 50 * GIB - 3 * MIB) long position,
      @ForAll @IntRange(min = 2, max = 2 * MIB) int length,
      @ForAll @IntRange(min = 1, max = 2 * MIB - 1) int split) {
    GeneratedContent content = new GeneratedContent(seed, 50 * GIB);
    byte[] atOnce = bytes(content, position, length);
    int first = split % length;
    byte[] inTwo = new byte[length];
    content.fill(position, inTwo, 0, first);
    content.fill(position + first, inTwo, first, length - first);
    assertThat(Arrays.equals(inTwo, atOnce)).isTrue();
  }

  @Property(tries = 50)
  void differs_whereTheSeedDiffers(@ForAll long seed, @ForAll @IntRange(min = 1) int step) {
    byte[] one = bytes(new GeneratedContent(seed, 3 * MIB), 0, 3 * MIB);
    byte[] other = bytes(new GeneratedContent(seed + step, 3 * MIB), 0, 3 * MIB);
    assertThat(Arrays.equals(one, other)).isFalse();
  }

  @Property(tries = 100)
  void differs_betweenChunksOfOneFile(
      @ForAll @IntRange(max = 50 * 1024 - 2) int chunk, @ForAll @IntRange(min = 1) int distance) {
    GeneratedContent content = new GeneratedContent(7, 50 * GIB);
    int other = (int) ((chunk + (long) distance) % (50 * 1024));
    assumeThat(other).isNotEqualTo(chunk);
    byte[] one = bytes(content, (long) chunk * MIB, MIB);
    byte[] two = bytes(content, (long) other * MIB, MIB);
    assertThat(Arrays.equals(one, two)).isFalse();
  }

  private static byte[] bytes(Content content, long position, int length) {
    byte[] bytes = new byte[length];
    content.fill(position, bytes, 0, length);
    return bytes;
  }
}
