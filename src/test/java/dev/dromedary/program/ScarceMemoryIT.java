package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many transfers with digests want more memory outside the heap than there is: chunks are smaller
 * then, and what still lacks some fails and does not hang (I4, I7).
 */
class ScarceMemoryIT extends ProgramFixture {

  private static final int FILES = 32;
  private static final int FILE_BYTES = 16 << 20;
  private static final Duration LANDING_LIMIT = Duration.ofMinutes(3);

  private final List<GeneratedContent> contents = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"4MiB, -Xmx64m", "16MiB, -XX:MaxDirectMemorySize=24m"})
  void transfersLand_whenTheirChunksAreLargerThanTheMemory(String chunk, String memory)
      throws IOException {
    Child child = once(FILES, chunk, memory);

    child.requireExit(0, LANDING_LIMIT);
    assertThat(child.err()).contains("memory is scarce", "chunk-size", "MaxDirectMemorySize=");
    for (int i = 0; i < FILES; i++) {
      assertThat(contents.get(i).matches(directory.resolve("in").resolve(i + ".bin"))).isTrue();
    }
  }

  @Test
  void transfersLandOrFailByTheirCode_whenThereIsHardlyAny() throws IOException {
    Child child = once(FILES, "16MiB", "-XX:MaxDirectMemorySize=10m");

    assertThat(child.awaitExit(LANDING_LIMIT)).as(child::toString).isIn(0, 1);
    assertThat(child.outLines())
        .filteredOn(line -> line.contains("\"state\":\"failed\""))
        .allMatch(line -> line.contains("\"code\":\"E5019\""));
    assertThat(child.outLines())
        .filteredOn(line -> line.matches(".*\"state\":\"(landed|failed)\".*"))
        .hasSize(FILES);
  }

  @Test
  void startIsRefused_whenNotEverySmallestChunkFits() throws IOException {
    Child child = once(1000, "1MiB", "-XX:MaxDirectMemorySize=64m");

    child.requireExit(2, LIMIT);
    assertThat(child.err())
        .contains("transfer.concurrency '1000': expected at least 281.3 MiB", "lower it to 227");
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void checkWarnsOfChunksThatWillBeSmaller() throws IOException {
    Child child =
        start(
            Map.of("JAVA_OPTS", HOSTILE + " -XX:MaxDirectMemorySize=64m"),
            List.of("check", "--config", config(FILES, "16MiB").toString()));

    child.requireExit(0, LIMIT);
    assertThat(child.out())
        .contains(
            "application.properties:2: warning: dromedary.part.chunk-size '16.0 MiB': expected up"
                + " to 384.0 MiB");
  }

  private Child once(int transfers, String chunk, String memory) throws IOException {
    StringBuilder list = new StringBuilder("sources:\n");
    for (int i = 0; i < FILES; i++) {
      GeneratedContent content = new GeneratedContent(i + 1, FILE_BYTES);
      contents.add(content);
      origin.put(Resource.of("/" + i + ".bin", content));
      String digest = HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_512));
      list.append("  - url: ").append(origin.uri("/" + i + ".bin"));
      list.append("\n    digest: sha-512=").append(digest).append('\n');
    }
    Path sources = Files.writeString(directory.resolve("sources.yaml"), list);
    return start(
        Map.of("JAVA_OPTS", HOSTILE + " " + memory),
        List.of(
            "once",
            "--config",
            config(transfers, chunk).toString(),
            "--sources",
            sources.toString(),
            "--to",
            "in",
            "--json"));
  }

  private Path config(int transfers, String chunk) throws IOException {
    return Files.writeString(
        directory.resolve("application.properties"),
        """
        dromedary.transfer.concurrency=%d
        dromedary.part.chunk-size=%s
        dromedary.retry.backoff-max=1s
        """
            .formatted(transfers, chunk));
  }
}
