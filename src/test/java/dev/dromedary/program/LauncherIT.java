package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the program meets its users: from anywhere, with statuses and streams they can rely on. */
class LauncherIT extends ProgramFixture {

  private final GeneratedContent content = new GeneratedContent(1, 100_000);

  @BeforeEach
  void serve() {
    origin.put(Resource.of("/a.bin", content));
  }

  @Test
  void worksFromAnotherDirectory_throughASymlink_withSpacesInEveryPath() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("another place"));
    Path link = directory.resolve("my dromedary");
    Files.createSymbolicLink(link, Path.of("link to it"));
    Files.createSymbolicLink(directory.resolve("link to it"), installation.launcher());

    start(link, elsewhere, Map.of(), List.of("get", url("/a.bin"), "--to", "new files"))
        .requireExit(0, LIMIT);

    assertThat(content.matches(elsewhere.resolve("new files/a.bin"))).isTrue();
    assertThat(installation.home().resolve("work")).doesNotExist();
  }

  @Test
  void saysWhatItDid_onStandardOutput_andHowItGoes_onStandardError() throws IOException {
    Child child = start("get", url("/a.bin"), "--to", "in").requireExit(0, LIMIT);

    assertThat(child.outLines()).last().asString().isEqualTo("1 due: 1 landed");
    assertThat(child.out()).contains("a.bin").doesNotContain("running");
    assertThat(child.err()).contains("a.bin: running").contains("a.bin: landed");
  }

  @Test
  void isSilent_whenQuietAndAllWentWell() throws IOException {
    Child child = start("get", "-q", url("/a.bin"), "--to", "in").requireExit(0, LIMIT);

    assertThat(child.out()).isEmpty();
    assertThat(child.err()).isEmpty();
  }

  @Test
  void endsWith1_whenATransferFailed() throws IOException {
    Child child = start("get", url("/none.bin"), "--to", "in").requireExit(1, LIMIT);

    assertThat(child.out()).contains("E4404").contains("1 due: 1 failed");
    assertThat(child.err()).containsOnlyOnce("E4404");
  }

  @Test
  void endsWith2_whenTheCommandLineIsWrong() throws IOException {
    Child child = start("get", url("/a.bin"), "--conections", "3").requireExit(2, LIMIT);

    assertThat(child.out()).isEmpty();
    assertThat(child.err()).contains("--connections").contains("--help");
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void endsWith2AndNamesFileAndLine_whenTheListIsWrong() throws IOException {
    Path list = directory.resolve("sources.yaml");
    Files.writeString(list, "sources:\n  - url: " + url("/a.bin") + "\n    digset: md5=00\n");

    Child child = start("once", "--sources", "sources.yaml", "--to", "in").requireExit(2, LIMIT);

    assertThat(child.err()).contains("sources.yaml:3").contains("digest");
    assertThat(child.out()).isEmpty();
    assertThat(directory.resolve("in")).doesNotExist();
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void printsJsonLinesOnly_andASummaryLast() throws IOException {
    Path list = directory.resolve("urls.txt");
    Files.writeString(list, url("/a.bin") + "\n" + url("/none.bin") + "\n");

    Child child =
        start("once", "--sources", list.toString(), "--to", "in", "--json").requireExit(1, LIMIT);

    List<JsonNode> lines = new ArrayList<>();
    for (String line : child.outLines()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    JsonNode summary = lines.remove(lines.size() - 1);
    assertThat(summary.path("event").asText()).isEqualTo("summary");
    assertThat(summary.path("due").asInt()).isEqualTo(2);
    assertThat(summary.path("landed").asInt()).isEqualTo(1);
    assertThat(summary.path("failed").asInt()).isEqualTo(1);
    assertThat(lines)
        .extracting(line -> line.path("source").asText() + " " + line.path("state").asText())
        .contains("a.bin landed", "none.bin failed");
  }

  @Test
  void handsJavaOptsToTheJvm_andTellsItsVersion() throws IOException {
    Child child =
        start(Map.of("JAVA_OPTS", HOSTILE + " -Xmx40m -XX:+PrintFlagsFinal"), List.of("--version"));

    child.requireExit(0, LIMIT);
    assertThat(child.out()).containsPattern("MaxHeapSize += 41943040");
    Child plain = start("--version").requireExit(0, LIMIT);
    assertThat(plain.outLines().get(0)).startsWith("dromedary ");
    assertThat(plain.err()).isEmpty();
  }

  private String url(String path) {
    return origin.uri(path).toString();
  }
}
