package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.transfer.DigestAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a service leaves in writing: its log as configured, and provenance beside what landed. */
class LogIT extends ProgramFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final GeneratedContent content = new GeneratedContent(3, 300_000);

  @Test
  void logsJsonToAFileThatIsRotated_andTellsWhereAFileCameFrom() throws Exception {
    origin.put(Resource.of("/a.bin", content));
    String digest = HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256));
    Path list =
        Files.writeString(
            directory.resolve("sources.yaml"),
            "sources:\n  - url: "
                + origin.uri("/a.bin")
                + "?token=s3cr3t\n    digest: sha-256="
                + digest
                + "\n    to: in/a.bin\n    every: 1s\n");
    Path log = directory.resolve("service.log");
    Path settings =
        settings(
            list,
            log,
            "landed.provenance=yes",
            "poll.interval=200ms",
            "log.format=json",
            "log.max-size=1KiB");
    Child child = start("run", "--config", settings.toString());
    Path provenance = directory.resolve("landing/in/a.bin.provenance.json");
    until(child, () -> Files.exists(provenance));
    until(child, () -> !rotated().isEmpty());
    child.signal("TERM");
    child.awaitExit(LIMIT);

    assertThat(child.err()).as("standard error").doesNotContain("state=");
    for (String line : Files.readAllLines(log)) {
      JsonNode read = JSON.readTree(line);
      assertThat(read.path("level").isTextual()).as(line).isTrue();
      assertThat(read.has("msg") || read.path("state").isTextual()).as(line).isTrue();
      assertThat(line).doesNotContain("s3cr3t").doesNotContain("state={}");
    }
    String text = Files.readString(provenance);
    assertThat(text).doesNotContain("s3cr3t");
    JsonNode told = JSON.readTree(text);
    assertThat(told.path("totalBytes").longValue()).isEqualTo(content.lengthBytes());
    assertThat(told.path("digests").path("sha-256").textValue()).isEqualTo(digest);
    assertThat(told.path("urls").get(0).textValue()).startsWith(origin.uri("/a.bin").toString());
    assertThat(told.path("etag").isTextual()).isTrue();
  }

  @Test
  void endsWithTheReason_whenTheLogCannotBeWritten() throws Exception {
    Path settings =
        Files.writeString(
            directory.resolve("settings.properties"), "dromedary.log.file=/proc/none/log\n");

    Child child = start("run", "--config", settings.toString()).requireExit(2, LIMIT);

    assertThat(child.err())
        .contains(
            "E5010 "
                + settings
                + ":1: dromedary.log.file '/proc/none/log': expected a file to write to, found that"
                + " the system makes none at /proc/none");
  }

  @Test
  void noConsoleIsSaidToBeOpen_whereTheStartFails() throws Exception {
    Path list = Files.writeString(directory.resolve("list.txt"), origin.uri("/none") + "\n");
    Files.writeString(
        Files.createDirectories(directory.resolve("work")).resolve("ledger.db"), "no database");
    Path settings = settings(list, directory.resolve("service.log"));
    Files.writeString(
        settings, Files.readString(settings).replace("console.port=off", "console.port=0"));

    Child child = start("run", "--config", settings.toString()).requireExit(2, LIMIT);

    assertThat(child.err()).contains("E5014");
    assertThat(Files.readString(directory.resolve("service.log"))).doesNotContain("console");
  }

  @Test
  void onceTellsOfAHostThatRestsWithItsSources_notInTheWordsOfALog() throws Exception {
    Path list = directory.resolve("urls.txt");
    Files.write(list, Stream.of("a", "b", "c", "d", "e", "f").map(LogIT::refused).toList());

    Child once =
        start("once", "--sources", list.toString(), "--to", "in", "--tries", "1")
            .requireExit(1, LIMIT);

    assertThat(once.err() + once.out()).contains("E1001").doesNotContain("logger=", "level=");
  }

  private static String refused(String name) {
    return "http://127.0.0.1:1/" + name + ".bin";
  }

  @Test
  void aSecondServiceTellsNoStopInTheLogOfTheFirst() throws Exception {
    Path log = directory.resolve("service.log");
    Path list = Files.writeString(directory.resolve("list.txt"), origin.uri("/none") + "\n");
    Path settings = settings(list, log);
    Child first = start("run", "--config", settings.toString());
    until(first, () -> Files.exists(log) && Files.readString(log).contains("msg=started"));

    Child second = start("run", "--config", settings.toString()).requireExit(2, LIMIT);

    assertThat(second.err()).contains("E5012");
    assertThat(Files.readString(log)).doesNotContain("msg=stop");
    first.signal("TERM");
    first.awaitExit(LIMIT);
    assertThat(Files.readString(log)).contains("msg=stopping", "msg=stopped");
  }

  @Test
  void aLogEndpointOfAUserIsHeard_andWhatLibrariesSayOfThemselvesIsNot() throws Exception {
    origin.put(Resource.of("/a.bin", content));
    Path list = Files.writeString(directory.resolve("list.txt"), origin.uri("/a.bin") + "\n");
    Path log = directory.resolve("service.log");
    Path settings = settings(list, log, "landed.uri=log:of.mine");

    Child child = start("run", "--config", settings.toString());
    until(child, () -> Files.exists(log) && Files.readString(log).contains("state=landed"));
    child.signal("TERM");
    child.awaitExit(LIMIT);

    List<String> lines = Files.readAllLines(log);
    assertThat(lines).anyMatch(line -> line.contains("level=INFO logger=mine "));
    assertThat(lines)
        .filteredOn(line -> line.contains("level=INFO"))
        .allMatch(line -> line.matches(".* logger=(mine|transfers|PollSteps|ServiceRunner) .*"));
  }

  @Test
  void textIsOneWholeLineForEachEvent() throws Exception {
    origin.put(Resource.of("/b.bin", content));
    Child child = start("get", origin.uri("/b.bin").toString(), "--to", directory.toString(), "-v");
    child.awaitExit(LIMIT);

    List<String> lines = child.err().lines().filter(line -> line.contains("level=")).toList();
    assertThat(lines).anyMatch(line -> line.contains("state=landed"));
    assertThat(lines)
        .allMatch(line -> line.startsWith("time=") && line.indexOf("level=") < 40)
        .allMatch(line -> line.lastIndexOf("time=") == 0 && !line.contains("%n"))
        .noneMatch(line -> line.endsWith(" "));
  }

  private Path settings(Path sources, Path log, String... further) throws Exception {
    List<String> lines = new ArrayList<>(List.of(further));
    lines.add("sources=" + sources);
    lines.add("work=" + directory.resolve("work"));
    lines.add("landing=" + directory.resolve("landing"));
    lines.add("console.port=off");
    lines.add("log.file=" + log);
    return Files.write(
        directory.resolve("settings.properties"),
        lines.stream().map(line -> "dromedary." + line).toList());
  }

  private List<Path> rotated() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".gz")).toList();
    }
  }
}
