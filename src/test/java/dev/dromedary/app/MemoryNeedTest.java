package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.Problem;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What chunks would take is compared with what the JVM grants, in numbers that help (I4). */
class MemoryNeedTest {

  private static final int MIB = 1 << 20;

  private final RunRequest request =
      new RunRequest(RunMode.SERVICE, Path.of("/home"), null, Map.of(), null);

  @Test
  void whatIsShippedNeedsNoAsking() {
    MemoryNeed need = need(MIB, 4, 0);

    assertThat(need.refusal(request)).isEmpty();
    assertThat(need.warning(request)).isEmpty();
  }

  @Test
  void largeChunksThatFitAreNotRemarkedUpon() {
    assertThat(need(16 * MIB, 32, 512).warning(request)).isEmpty();
    assertThat(need(16 * MIB, 1, 214).warning(request)).isEmpty();
  }

  @Test
  void tellsWhatWholeChunksWouldTake_whenTheyDoNotFit() {
    MemoryNeed need = need(16 * MIB, 32, 64);

    assertThat(need.refusal(request)).isEmpty();
    assertThat(message(need.warning(request)))
        .isEqualTo(
            "dromedary.part.chunk-size '16.0 MiB': expected up to 384.0 MiB of memory outside the"
                + " heap for chunks of that size, found 48.0 MiB of 64.0 MiB for them, so that they"
                + " will be smaller: lower it, or give the JVM more:"
                + " JAVA_OPTS=-XX:MaxDirectMemorySize=512m");
  }

  @Test
  void refusesTransfersThatCannotAllHaveAChunk() {
    assertThat(message(need(MIB, 1000, 64).refusal(request)))
        .isEqualTo(
            "dromedary.transfer.concurrency '1000': expected at least 281.3 MiB of memory outside"
                + " the heap, found 64.0 MiB: lower it to 227, or give the JVM more:"
                + " JAVA_OPTS=-XX:MaxDirectMemorySize=282m");
    assertThat(need(MIB, 227, 64).refusal(request)).isEmpty();
  }

  private static MemoryNeed need(int chunkBytes, int transfers, long mebibytes) {
    return new MemoryNeed(chunkBytes, transfers, () -> mebibytes * MIB);
  }

  private static String message(Optional<Problem> problem) {
    return problem.map(Problem::message).orElse("");
  }
}
