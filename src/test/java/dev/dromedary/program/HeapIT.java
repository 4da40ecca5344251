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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** I4: the heap does not depend on what lands. */
class HeapIT extends ProgramFixture {

  private static final long FILE_BYTES = 1L << 30;
  private static final int FILES = 4;
  private static final Duration LANDING_LIMIT = Duration.ofMinutes(4);
  private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(\\d+M\\)");

  @Test
  void landsFourGibibytesInFourTransfersAtOnce_withAHeapOf64Mebibytes() throws IOException {
    List<GeneratedContent> contents = new ArrayList<>();
    StringBuilder list = new StringBuilder("sources:\n");
    for (int i = 0; i < FILES; i++) {
      GeneratedContent content = new GeneratedContent(i + 1, FILE_BYTES);
      contents.add(content);
      origin.put(Resource.of("/" + i + ".bin", content));
      list.append("  - url: ").append(origin.uri("/" + i + ".bin")).append('\n');
    }
    list.append("    digest: sha-256=")
        .append(HexFormat.of().formatHex(contents.get(FILES - 1).digest(DigestAlgorithm.SHA_256)))
        .append('\n');
    Path sources = Files.writeString(directory.resolve("sources.yaml"), list);
    Path gc = directory.resolve("gc.log");
    String options = HOSTILE + " -Xmx64m -Xlog:gc:file=" + gc;

    origin.rateLimitPerConnection(FILE_BYTES / 16);

    Child child =
        start(
            Map.of("JAVA_OPTS", options),
            List.of("once", "--sources", sources.toString(), "--to", "in", "--json"));
    until(child, () -> FILES == origin.requests().stream().map(r -> r.path()).distinct().count());
    assertThat(directory.resolve("in"))
        .as("landed when the last began")
        .isDirectoryNotContaining("glob:**.bin");
    origin.rateLimitPerConnection(0);
    child.requireExit(0, LANDING_LIMIT);

    for (int i = 0; i < FILES; i++) {
      Path landed = directory.resolve("in").resolve(i + ".bin");
      assertThat(contents.get(i).matches(landed)).isTrue();
      Files.delete(landed);
    }
    long peak = peakMebibytes(gc);
    System.out.printf("HeapIT: peak heap %d MiB of 64 MiB for 4 GiB in 4 transfers%n", peak);
    assertThat(peak).isBetween(1L, 64L);
  }

  /** Returns the most heap in use at the start of a collection. */
  private static long peakMebibytes(Path gc) throws IOException {
    long peak = 0;
    Matcher matcher = COLLECTION.matcher(Files.readString(gc));
    while (matcher.find()) {
      peak = Math.max(peak, Long.parseLong(matcher.group(1)));
    }
    return peak;
  }
}
