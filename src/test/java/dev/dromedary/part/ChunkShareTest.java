package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a hundred copies take together (I4). */
class ChunkShareTest {

  private static final int CHUNK = 512 * 1024;

  private final ChunkShare share = new ChunkShare();

  @Test
  void sixteenCopiesHaveAWholeChunkEach() {
    for (int i = 0; i < 16; i++) {
      assertThat(share.begin(CHUNK)).isEqualTo(CHUNK);
    }
    assertThat(share.begin(CHUNK)).isEqualTo(CHUNK - 64 * 1024);
  }

  @Test
  void hundredCopiesTakeLessThanHalfOfTheirChunks() {
    long together = 0;
    for (int i = 0; i < 100; i++) {
      together += share.begin(CHUNK);
    }
    assertThat(together).isBetween(16L * CHUNK, 50L * CHUNK);
  }

  @Test
  void chunkIsWholeAgain_whenOthersHaveEnded() {
    for (int i = 0; i < 500; i++) {
      share.begin(CHUNK);
    }
    assertThat(share.begin(CHUNK)).isEqualTo(64 * 1024);
    for (int i = 0; i < 500; i++) {
      share.end();
    }
    assertThat(share.begin(CHUNK)).isEqualTo(CHUNK);
  }

  @Test
  void chunkThatIsSmallAnywayIsNotMadeLarger() {
    for (int i = 0; i < 500; i++) {
      assertThat(share.begin(16 * 1024)).isEqualTo(16 * 1024);
    }
  }
}
