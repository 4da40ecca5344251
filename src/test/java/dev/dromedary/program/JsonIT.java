package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.demo.AnswerFault;
import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever tells something in JSON says the same by the same name: that of docs/json.md. */
class JsonIT extends ProgramFixture {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CONSOLE = Pattern.compile("\"address\":\"(http://[^\"]+)\"");
  private static final long MEBI = 1L << 20;

  private final GeneratedContent large = new GeneratedContent(1, 16 * MEBI);
  private final GeneratedContent small = new GeneratedContent(2, 100_000);
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void everyNameMeansTheSameWhoeverTellsIt() throws Exception {
    JsonVocabulary vocabulary = JsonVocabulary.documented();
    origin.put(Resource.of("/large.bin", large));
    origin.put(Resource.of("/small.bin", small));
    origin.put(Resource.of("/busy.bin", small));
    origin.forever("/large.bin", new BodyFault.StallAfter(3 * MEBI));
    origin.forever("/busy.bin", new AnswerFault.Status(503));
    Path log = directory.resolve("service.log");
    Child service = start("run", "--config", settings(log).toString());
    until(service, () -> served("/large.bin") >= 3 * MEBI);
    until(service, () -> "FAILED".equals(state("gone")) && "RETRYING".equals(state("busy")));
    until(service, () -> Files.exists(directory.resolve("landing/small.provenance.json")));
    until(service, () -> told().size() == 2);

    for (String command :
        List.of(
            "status",
            "sources",
            "transfers",
            "failures",
            "limit --rate 5MiB/s",
            "pause small",
            "failures --export failed.yaml",
            "failures --discard gone",
            "drain")) {
      lines(vocabulary, command + " --work " + directory.resolve("work") + " --json", 0);
    }
    beans(vocabulary, log);
    for (Path event : told()) {
      vocabulary.see("event", JSON.readTree(Files.readString(event)));
    }
    vocabulary.see(
        "provenance",
        JSON.readTree(Files.readString(directory.resolve("landing/small.provenance.json"))));
    service.signal("TERM");
    service.requireExit(0, LIMIT);
    for (String line : Files.readAllLines(log)) {
      vocabulary.seeLine("log", JSON.readTree(line));
    }
    commands(vocabulary);

    assertThat(vocabulary.faults()).isEmpty();
    assertThat(vocabulary.unseen()).as("names that are documented and that nobody tells").isEmpty();
  }

  /** What {@code get} and {@code once} tell: an interruption, a start over, a failure. */
  private void commands(JsonVocabulary vocabulary) throws Exception {
    Child cut = start("get", origin.uri("/large.bin").toString(), "--to", "in", "--json");
    until(cut, () -> Files.isDirectory(directory.resolve("in")) && stagedBytes("large.bin") > 0);
    cut.signal("TERM");
    cut.requireExit(143, LIMIT);
    see(vocabulary, "get", cut);
    origin.clearScript("/large.bin");
    origin.put(Resource.of("/large.bin", new GeneratedContent(3, 16 * MEBI)));
    lines(vocabulary, "get " + origin.uri("/large.bin") + " --to in --json", 0);
    Files.writeString(directory.resolve("urls.txt"), origin.uri("/gone.bin") + "\n");
    lines(vocabulary, "once --sources urls.txt --to in --json", 1);
  }

  private void lines(JsonVocabulary vocabulary, String command, int status) throws Exception {
    see(vocabulary, command, start(command.split(" ")).requireExit(status, LIMIT));
  }

  private static void see(JsonVocabulary vocabulary, String command, Child child)
      throws IOException {
    List<String> lines = child.outLines();
    assertThat(lines).as(command).isNotEmpty();
    for (String line : lines) {
      JsonNode told = JSON.readTree(line);
      vocabulary.see(command.split(" ")[0], told);
      vocabulary.seeTeller(command, told);
    }
  }

  /** What the console tells: pages of the beans, and its health. */
  private void beans(JsonVocabulary vocabulary, Path log) throws Exception {
    Matcher console = CONSOLE.matcher(Files.readString(log));
    assertThat(console.find()).isTrue();
    URI address = URI.create(console.group(1));
    vocabulary.see("health", ask(HttpRequest.newBuilder(address.resolve("/health/ready"))));
    for (String bean : List.of("Sources", "Failures")) {
      String question =
          "{\"type\":\"exec\",\"mbean\":\"dev.dromedary:type=%s\",\"operation\":\"find\",\"arguments\":[\"\",0,9]}"
              .formatted(bean);
      JsonNode answer =
          ask(
              HttpRequest.newBuilder(address.resolve("/jolokia/"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(question)));
      vocabulary.see("bean " + bean, answer.path("value"));
    }
  }

  private JsonNode ask(HttpRequest.Builder request) throws Exception {
    return JSON.readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  private List<Path> told() throws IOException {
    Path directory = this.directory.resolve("told");
    if (!Files.isDirectory(directory)) {
      return new ArrayList<>();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  private String state(String source) {
    return Optional.ofNullable(LedgerView.of(directory.resolve("work")).states().get(source))
        .orElse("");
  }

  private Path settings(Path log) throws IOException {
    Path list = directory.resolve("sources.yaml");
    StringBuilder sources = new StringBuilder("sources:\n");
    for (String id : List.of("large", "small", "busy", "gone")) {
      sources.append("  - url: ").append(origin.uri("/" + id + ".bin"));
      sources.append("\n    id: ").append(id).append("\n    to: ").append(id).append('\n');
    }
    Files.writeString(list, sources);
    String tell = "file:" + directory.resolve("told") + "?fileName=";
    return Files.write(
        directory.resolve("settings.properties"),
        Stream.of(
                "sources=" + list,
                "work=" + directory.resolve("work"),
                "landing=" + directory.resolve("landing"),
                "log.format=json",
                "log.file=" + log,
                "console.port=0",
                "landed.provenance=yes",
                "landed.uri=" + tell + "landed.json",
                "failed.uri=" + tell + "failed.json")
            .map("dromedary."::concat)
            .toList());
  }
}
