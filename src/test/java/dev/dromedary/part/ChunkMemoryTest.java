package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory for chunks is bounded by what was in use at once (I4). */
class ChunkMemoryTest {

  private static final int CHUNK = 512 * 1024;

  /** Eighteen of these are for chunks. */
  private static final long SCARCE = 24 << 20;

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
  void keepsAtMost16MiB_whenAllIsIdle() {
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      taken.add(memory.take(CHUNK));
    }
    assertThat(memory.bytes()).isEqualTo(40L * CHUNK);
    taken.forEach(memory::give);
    assertThat(memory.bytes()).isEqualTo(32L * CHUNK);
  }

  @Test
  void takesNoMoreForManySizes_thanForWhatWasInUseAtOnce() {
    for (int bytes = 4 * CHUNK; bytes >= CHUNK / 8; bytes /= 2) {
      List<ByteBuffer> taken = new ArrayList<>();
      for (int i = 0; i < 4 * CHUNK / bytes; i++) {
        taken.add(memory.take(bytes));
      }
      taken.forEach(memory::give);
    }
    assertThat(memory.bytes()).isLessThanOrEqualTo(2 * 4L * CHUNK);
  }

  @Test
  void givesSmallerChunks_whereALargeOneIsNotToBeHad() {
    ChunkMemory scarce = new ChunkMemory(() -> SCARCE);
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      taken.add(scarce.take(8 * CHUNK));
    }
    assertThat(taken)
        .extracting(ByteBuffer::capacity)
        .startsWith(8 * CHUNK, 8 * CHUNK, 8 * CHUNK, 8 * CHUNK, 4 * CHUNK)
        .contains(CHUNK / 8)
        .isSortedAccordingTo(Comparator.reverseOrder());
    int beyond = 40 - (int) taken.stream().filter(chunk -> chunk.capacity() > CHUNK / 8).count();
    assertThat(scarce.bytes()).isLessThanOrEqualTo(ChunkMemory.ofAll(SCARCE) + beyond * CHUNK / 8);
    assertThat(scarce.tryTake(8 * CHUNK)).isNull();
    taken.forEach(scarce::give);
    assertThat(scarce.take(8 * CHUNK).capacity()).isEqualTo(8 * CHUNK);
  }

  @Test
  void givesWhatIsIdleBeforeItAsksForMore_whereMemoryIsScarce() {
    ChunkMemory scarce = new ChunkMemory(() -> SCARCE);
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      taken.add(scarce.take(CHUNK));
      taken.add(scarce.take(CHUNK));
    }
    scarce.give(taken.get(0));
    long had = scarce.bytes();
    assertThat(scarce.take(CHUNK / 8).capacity()).isEqualTo(CHUNK);
    assertThat(scarce.bytes()).isEqualTo(had);
  }

  @Test
  void refusesWhatWasNotTakenHere() {
    ByteBuffer taken = memory.take(CHUNK);
    memory.give(taken);
    assertThatThrownBy(() -> memory.give(taken)).isInstanceOf(IllegalArgumentException.class);
  }
}
