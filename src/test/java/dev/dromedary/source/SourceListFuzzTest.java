package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.ProblemsException;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is a list or it has problems; nothing else, and soon. */
class SourceListFuzzTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> PIECES =
      List.of(
          "sources:",
          "defaults:",
          "\n",
          "\n  ",
          "\n    ",
          "- ",
          "url: ",
          "urls: ",
          "http://h/x",
          "https://h:1/y%20z",
          "id: ",
          "to: ",
          "a/b",
          "../",
          "digest: ",
          "digestFrom: ",
          ".sha256",
          "SHA3SUMS",
          "md5=",
          "size: ",
          "9",
          "every: ",
          "1h",
          "cron: ",
          "0 0 2 * * ?",
          "0 0 0 31W 2 ?",
          "L-3",
          "#",
          "zone: ",
          "UTC",
          "headers: ",
          "X: ",
          "{{env:TOKEN}}",
          "{{",
          "connections: ",
          "allowUnknownLength: ",
          "true",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&a ",
          "*a",
          "<<: ",
          "!!binary ",
          "|",
          ">",
          "\"",
          "'",
          "\\",
          "\t",
          "%",
          "---",
          "...",
          "?",
          ": ",
          "\u00e9",
          "\uD83D\uDE00",
          "\r",
          "\u0085",
          "~");

  @Property(tries = 1000, seed = "4301")
  void isAListOrHasProblems_whenBytesAreRandom(@ForAll byte[] bytes) throws IOException {
    readBounded(bytes);
  }

  @Property(tries = 1500, seed = "4302")
  void isAListOrHasProblems_whenTextIsNearlyAList(@ForAll("nearlyLists") String text)
      throws IOException {
    readBounded(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 80)
  void readsBackWhatWasWritten(@ForAll("entries") List<Entry> entries) throws IOException {
    Path file = Files.createTempFile("list", ".yaml");
    try {
      Files.writeString(
          file,
          entries.stream().map(Entry::yaml).collect(Collectors.joining("", "sources:\n", "\n"))
              + (entries.isEmpty() ? " []\n" : ""));
      List<Source> sources = ListFiles.read(file).sources();

      assertThat(sources).hasSameSizeAs(entries);
      for (int i = 0; i < sources.size(); i++) {
        assertThat(Entry.of(sources.get(i))).isEqualTo(entries.get(i));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void survivesDeepNesting() throws IOException {
    String deep = "[".repeat(50_000);
    readBounded(("sources: " + deep).getBytes(StandardCharsets.UTF_8));
    readBounded(("sources:\n- url: " + deep).getBytes(StandardCharsets.UTF_8));
    readBounded(("x: " + "{a: ".repeat(50_000)).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void expandsNoAliases() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      String other = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s]%n".formatted(i, i, other, other));
    }
    readBounded((bomb + "sources: *a39\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void survivesLongValues() throws IOException {
    for (String key : List.of("url", "to", "id", "every", "cron", "zone", "size", "digest")) {
      String yaml = "sources:\n- url: http://h/x\n  " + key + ": '" + "1s ".repeat(300_000) + "'\n";
      readBounded(yaml.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void readBounded(byte[] bytes) throws IOException {
    for (String suffix : List.of(".yaml", ".json", ".txt")) {
      Path file = Files.createTempFile("list", suffix);
      try {
        Files.write(file, bytes);
        Assertions.assertTimeout(
            LIMIT,
            () -> {
              try {
                ListFiles.read(file);
              } catch (ProblemsException e) {
                assertThat(e.problems()).isNotEmpty();
              }
            });
      } finally {
        Files.delete(file);
      }
    }
  }

  @Provide
  Arbitrary<String> nearlyLists() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(40)
        .map(pieces -> "sources:\n- url: http://h/z\n  " + String.join("", pieces));
  }

  @Provide
  Arbitrary<List<Entry>> entries() {
    Arbitrary<String> ids =
        Arbitraries.strings()
            .withChars("abcXYZ019 :#-'\"{}[]&*!|>%@?ıİşğ日")
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(id -> !id.isBlank());
    Arbitrary<String> paths = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8);
    return Combinators.combine(ids, paths, Arbitraries.longs().greaterOrEqual(0), hex())
        .as((id, path, size, hex) -> new Entry(id, "http://h/" + path, "t/" + path, size, hex))
        .list()
        .ofMaxSize(6)
        .uniqueElements(Entry::id)
        .uniqueElements(entry -> TargetName.key(entry.target()));
  }

  private static Arbitrary<String> hex() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
  }

  /** What is written and read back. */
  record Entry(String id, String url, String target, long size, String hex) {

    String yaml() {
      return "- id: '%s'\n  url: %s\n  to: %s\n  size: %d\n  digest: sha-256=%s\n"
          .formatted(id.replace("'", "''"), url, target, size, hex);
    }

    static Entry of(Source source) {
      ExpectedDigest digest = source.digests().get(0);
      return new Entry(
          source.id(),
          source.url().toString(),
          source.target(),
          source.sizeBytes().orElse(-1),
          digest.hex());
    }
  }
}
