package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory for chunks is bounded by what was in use at once (I4). */
class ChunkMemoryTest {

  private static final int CHUNK = 512 * 1024;

  private final ChunkMemory memory = new ChunkMemory();

  @Test
  void givesTheSameMemoryAgain_empty() {
    ByteBuffer first = memory.take(CHUNK);
    first.putInt(1).limit(2 * Integer.BYTES);
    memory.give(first);
    ByteBuffer again = memory.take(CHUNK);
    assertThat(again).isSameAs(first);
    assertThat(again.isDirect()).isTrue();
    assertThat(again.position()).isZero();
    assertThat(again.limit()).isEqualTo(CHUNK);
  }

  @Test
  void neverGivesTheSameMemoryTwice() {
    ByteBuffer one = memory.take(CHUNK);
    assertThat(memory.take(CHUNK)).isNotSameAs(one);
  }

  @ParameterizedTest
  @ValueSource(ints = {16_384, 16_385, 20_479, 500_000, 1_000_000, 4_194_303})
  void isAlignedWhateverTheSize(int bytes) {
    for (int i = 0; i < 20; i++) {
      ByteBuffer taken = memory.take(bytes);
      assertThat(taken.capacity()).isEqualTo(bytes);
      assertThat(taken.alignmentOffset(0, ChunkMemory.ALIGNMENT)).isZero();
    }
  }

  @Test
  void keepsAtMost16MiB() {
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      taken.add(memory.take(CHUNK));
    }
    taken.forEach(memory::give);
    long kept = taken.stream().filter(ignored -> isOneOf(memory.take(CHUNK), taken)).count();
    assertThat(kept).isEqualTo(32);
  }

  @Test
  void hasEverySizeAgain_whenTheyTakeTurns() {
    ByteBuffer large = memory.take(CHUNK);
    memory.give(large);
    ByteBuffer small = memory.take(CHUNK / 2);
    memory.give(small);
    assertThat(memory.take(CHUNK)).isSameAs(large);
    assertThat(memory.take(CHUNK / 2)).isSameAs(small);
  }

  private static boolean isOneOf(ByteBuffer buffer, List<ByteBuffer> all) {
    return all.stream().anyMatch(one -> one == buffer);
  }
}
