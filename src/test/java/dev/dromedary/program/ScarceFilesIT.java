package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that may open few files: what it lacks is waited for, and told as what it is (I5). */
class ScarceFilesIT extends ProgramFixture {

  private static final int SOURCES = 40;
  private static final int LENGTH = 400_000;

  /** Less than the half minute that a pool of connections waits for one. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void everythingLands_whenFewerFilesMayBeOpenThanTransfersWant() throws Exception {
    origin.rateLimitPerConnection(400_000);
    List<GeneratedContent> contents =
        IntStream.range(0, SOURCES).mapToObj(i -> contents(i + 1)).toList();
    for (int i = 0; i < SOURCES; i++) {
      origin.put(Resource.of("/s" + i, contents.get(i)));
    }
    Path list =
        Files.write(
            directory.resolve("urls.txt"),
            IntStream.range(0, SOURCES).mapToObj(i -> origin.uri("/s" + i).toString()).toList());
    Path settings =
        Files.writeString(
            directory.resolve("settings.properties"),
            """
            dromedary.transfer.concurrency=32
            dromedary.disk.check-interval=1s
            """);

    Child child =
        startWithFiles(
            130,
            "once",
            "--sources",
            list.toString(),
            "--config",
            settings.toString(),
            "--to",
            "in",
            "--json");

    child.requireExit(0, LIMIT.multipliedBy(2));
    assertThat(child.out()).contains("\"E5018\"").doesNotContain("\"FAILED\"");
    assertThat(child.out() + child.err())
        .doesNotContain("E1005", "E5002", "E5003", "E5004", "E9000", "rests");
    for (int i = 0; i < SOURCES; i++) {
      assertThat(contents.get(i).matches(directory.resolve("in").resolve("s" + i))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 80, 90, 92, 94, 96, 98})
  void startThatCannotOpenItsOwnFilesSaysSo(int files) throws Exception {
    Child child = startWithFiles(files, "get", origin.uri("/none").toString(), "--to", "in");

    child.requireExit(2, SOON);
    assertThat(child.err()).startsWith("dromedary: E5018 ").contains("ulimit -n").hasLineCount(1);
  }

  /** Where few files may be opened, the JDK closes others while it begins a process. */
  @Test
  void landsWithoutBeginningAProcess() throws Exception {
    origin.put(Resource.of("/one", contents(1)));

    Child child =
        start(
            Map.of("JAVA_OPTS", "-Djdk.lang.Process.launchMechanism=NONE"),
            List.of("get", origin.uri("/one").toString(), "--to", "in"));

    child.requireExit(0, LIMIT);
    assertThat(contents(1).matches(directory.resolve("in").resolve("one"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"130, 32, true", "1024, 32, false"})
  void serviceWarnsAtItsStart_whenFilesAreTooFewForItsTransfers(
      int files, int transfers, boolean warns) throws Exception {
    Path settings =
        Files.writeString(
            directory.resolve("settings.properties"),
            """
            dromedary.sources=%s
            dromedary.work=%s
            dromedary.landing=%s
            dromedary.console.port=off
            dromedary.transfer.concurrency=%d
            """
                .formatted(
                    Files.writeString(
                        directory.resolve("urls.txt"), origin.uri("/none").toString()),
                    directory.resolve("work"),
                    directory.resolve("in"),
                    transfers));
    Child child = startWithFiles(files, "run", "--config", settings.toString());

    until(child, () -> child.err().contains("msg=started"));

    assertThat(child.err().contains("code=E5018")).as(child.err()).isEqualTo(warns);
  }

  private static GeneratedContent contents(int seed) {
    return new GeneratedContent(seed, LENGTH);
  }

  private Child startWithFiles(int most, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-c", "ulimit -n " + most + " && exec \"$@\"", "sh"));
    command.add(installation.launcher().toString());
    command.addAll(List.of(arguments));
    return start(Path.of("/bin/sh"), directory, Map.of(), command);
  }
}
