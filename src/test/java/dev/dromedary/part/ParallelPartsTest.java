package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.digest.TrailingDigest;
import dev.dromedary.transfer.DigestAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real threads on a real disk, synced and digested meanwhile. */
class ParallelPartsTest {

  private static final int SIZE = 6_000_000;
  private static final PartSettings SETTINGS =
      new PartSettings(16 << 10, 256 << 10, Duration.ofSeconds(1));

  @TempDir private Path staging = Path.of("replaced");

  @Test
  @Timeout(60)
  void landsTheSameBytesAndDigest_whenPartsComeInAnyOrderAfterAResume() throws Exception {
    try (PartFile file = open()) {
      file.begin(Staged.facts(1));
      copy(file, 0, 700_001);
    }
    try (PartFile file = open()) {
      TrailingDigest digest =
          new TrailingDigest(
              file::awaitFrontier, file::readAt, Set.of(DigestAlgorithm.SHA_256), 64 << 10);
      digest.start();
      ExecutorService workers = Executors.newFixedThreadPool(6);
      List<Future<?>> parts = new ArrayList<>();
      for (int end = SIZE; end > 700_001; end -= 500_000) {
        int until = end;
        parts.add(
            workers.submit(
                () -> {
                  copy(file, Math.max(700_001, until - 500_000), until);
                  return null;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
      workers.shutdown();
      assertThat(file.seal(SIZE)).hasBinaryContent(Staged.bytes(1, 0, SIZE));
      assertThat(digest.finish(SIZE).get(DigestAlgorithm.SHA_256))
          .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Staged.bytes(1, 0, SIZE)));
    }
  }

  private static void copy(PartFile file, int from, int end) throws IOException {
    try (PartWriter writer = file.openPart(from)) {
      new BodyCopy(SETTINGS, Staged.CLOCK)
          .copy(
              new ByteArrayInputStream(Staged.bytes(1, from, end - from)),
              writer,
              () -> end,
              CopyGuard.NONE);
    }
  }

  private PartFile open() {
    return PartFile.open(
        new PartPaths(staging), Staged.ID, new DiskStorage(), SETTINGS, Staged.BOOT, Staged.CLOCK);
  }
}
