package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** I2, I7: told to stop it stops in time, and goes on where it was. */
class SigtermIT extends ProgramFixture {

  private static final long MEBI = 1L << 20;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final GeneratedContent running = new GeneratedContent(1, 64 * MEBI);
  private final GeneratedContent stalled = new GeneratedContent(2, 8 * MEBI);

  @Test
  void setsTransfersDownWithinTenSeconds_andTheNextStartResumes() throws IOException {
    serve();
    origin.forever("/stalled.bin", new BodyFault.StallAfter(3 * MEBI));
    origin.rateLimitPerConnection(16 * MEBI);
    Path config = service();
    Child first = start("run", "--config", config.toString());
    until(first, () -> served("/stalled.bin") >= 3 * MEBI && served("/running.bin") > 16 * MEBI);

    first.signal("TERM");

    first.requireExit(0, STOP_LIMIT);
    assertThat(ledger().states()).isEqualTo(Map.of("stalled", "QUEUED", "running", "QUEUED"));
    assertThat(directory.resolve("landing")).isEmptyDirectory();

    int before = origin.requests().size();
    origin.clearScript("/stalled.bin");
    origin.rateLimitPerConnection(0);
    Child second = start("run", "--config", config.toString());
    until(second, () -> ledger().states().values().stream().allMatch("LANDED"::equals));
    assertThat(running.matches(directory.resolve("landing/running.bin"))).isTrue();
    assertThat(stalled.matches(directory.resolve("landing/stalled.bin"))).isTrue();
    assertThat(origin.requests().subList(before, origin.requests().size()))
        .as("ranges after the restart")
        .allSatisfy(request -> assertThat(start(request)).isGreaterThan(2 * MEBI));
    second.signal("TERM");
    second.requireExit(0, STOP_LIMIT);
  }

  @Test
  void stopsAtOnce_whenAServerDoesNotAnswer() throws IOException {
    serve();
    origin.forever("/stalled.bin", new dev.dromedary.demo.WireFault.StallBeforeHeaders());
    origin.forever("/running.bin", new dev.dromedary.demo.WireFault.StallBeforeHeaders());
    Child child = start("run", "--config", service().toString());
    until(child, () -> origin.requests().size() == 2);

    child.signal("INT");

    child.requireExit(0, STOP_LIMIT);
    assertThat(ledger().states().values()).containsOnly("QUEUED");
  }

  @Test
  void getEndsWith130_whenInterrupted_andTheSameCommandResumes() throws IOException {
    serve();
    origin.rateLimitPerConnection(16 * MEBI);
    List<String> get =
        List.of("get", origin.uri("/running.bin").toString(), "-o", "a.bin", "--connections", "1");
    Child child = start(Map.of(), get);
    until(child, () -> served("/running.bin") > 8 * MEBI);

    child.signal("INT");

    child.requireExit(130, STOP_LIMIT);
    assertThat(child.err()).contains("the same command resumes");
    assertThat(directory.resolve("a.bin")).doesNotExist();
    origin.rateLimitPerConnection(0);
    start(Map.of(), get).requireExit(0, LIMIT);
    assertThat(running.matches(directory.resolve("a.bin"))).isTrue();
    assertThat(served("/running.bin") - running.lengthBytes()).isLessThan(4 * MEBI);
  }

  @Test
  void theLastLineOfJsonIsTheSummary_alsoOfOneThatIsInterrupted() throws IOException {
    serve();
    origin.forever("/stalled.bin", new BodyFault.StallAfter(3 * MEBI));
    Files.writeString(
        directory.resolve("urls.txt"),
        origin.uri("/running.bin") + "\n" + origin.uri("/stalled.bin") + "\n");
    Child child = start("once", "--sources", "urls.txt", "--to", "in", "--json");
    until(child, () -> served("/stalled.bin") >= 3 * MEBI && child.out().contains("\"landed\""));

    child.signal("INT");

    child.requireExit(130, STOP_LIMIT);
    assertThat(child.outLines())
        .last()
        .asString()
        .startsWith("{\"event\":\"summary\",\"at\":\"")
        .endsWith(
            "Z\",\"due\":2,\"landed\":1,\"unchanged\":0,\"failed\":0,"
                + "\"cancelled\":0,\"interrupted\":true}");
  }

  @Test
  void getEndsWith143_whenTerminated() throws IOException {
    serve();
    origin.forever("/stalled.bin", new BodyFault.StallAfter(3 * MEBI));
    Child child = start("get", origin.uri("/stalled.bin").toString(), "--to", "in");
    until(child, () -> served("/stalled.bin") >= 3 * MEBI);

    child.signal("TERM");

    child.requireExit(143, STOP_LIMIT);
  }

  private void serve() {
    origin.put(Resource.of("/running.bin", running));
    origin.put(Resource.of("/stalled.bin", stalled));
  }

  private Path service() throws IOException {
    Path config = Files.createDirectories(directory.resolve("config"));
    Path sources = config.resolve("sources.yaml");
    Files.writeString(
        sources,
        """
        defaults:
          connections: 1
        sources:
          - url: %s
            id: running
          - url: %s
            id: stalled
        """
            .formatted(origin.uri("/running.bin"), origin.uri("/stalled.bin")));
    Path settings = config.resolve("application.properties");
    Files.writeString(
        settings,
        """
        dromedary.sources=%s
        dromedary.work=%s
        dromedary.landing=%s
        dromedary.poll.interval=1s
        dromedary.console.port=off
        """
            .formatted(sources, directory.resolve("work"), directory.resolve("landing")));
    return settings;
  }

  private static long start(SeenRequest request) {
    return request.range().map(range -> range.start()).orElse(0L);
  }

  private LedgerView ledger() {
    return LedgerView.of(directory.resolve("work"));
  }
}
