package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hundred copies take together (I4). */
class ChunkShareTest {

  private static final int CHUNK = 1024 * 1024;

  private final ChunkShare share = new ChunkShare(new ChunkMemory());

  @Test
  void eightCopiesHaveAWholeChunkEach() {
    begin(8);
    assertThat(share.bytes(CHUNK)).isEqualTo(CHUNK);
    begin(1);
    assertThat(share.bytes(CHUNK)).isEqualTo(CHUNK / 2);
  }

  @Test
  void hundredCopiesTakeNoMoreThanEightWholeChunks() {
    begin(100);
    assertThat(100L * share.bytes(CHUNK)).isBetween(4L * CHUNK, 8L * CHUNK);
  }

  @Test
  void chunkIsWholeAgain_whenOthersHaveEnded() {
    begin(500);
    assertThat(share.bytes(CHUNK)).isEqualTo(64 * 1024);
    for (int i = 0; i < 499; i++) {
      share.end();
    }
    assertThat(share.bytes(CHUNK)).isEqualTo(CHUNK);
  }

  @Test
  void chunkThatIsSmallAnywayIsNotMadeLarger() {
    begin(500);
    assertThat(share.bytes(16 * 1024)).isEqualTo(16 * 1024);
  }

  @Test
  void copiesAndWhatDigestsHoldShareEvenly_whereMemoryIsScarce() {
    ChunkMemory scarce = new ChunkMemory(() -> 32 * CHUNK);
    ChunkShare among = new ChunkShare(scarce);
    among.begin();
    List<ByteBuffer> taken = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      taken.add(scarce.take(16 * CHUNK));
    }
    assertThat(taken).extracting(ByteBuffer::capacity).startsWith(16 * CHUNK, 8 * CHUNK);
    assertThat(among.bytes(16 * CHUNK)).isEqualTo(4 * CHUNK);
    taken.forEach(scarce::give);
    assertThat(among.bytes(16 * CHUNK)).isEqualTo(16 * CHUNK);
  }

  private void begin(int copies) {
    for (int i = 0; i < copies; i++) {
      share.begin();
    }
  }
}
