package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.flow.ScenarioTally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service with one transfer in every state, ended by a signal, and the next start (I1, I2, I5).
 * The states that pass too quickly are held by a delay in a copy of the routes.
 */
@ExtendWith(ScenarioTally.class)
class StateScenariosIT extends ProgramFixture {

  private static final int LENGTH = 3_000_000;
  private static final int HELD = 1_000_000;

  static Stream<Row> rows() {
    return Stream.of(new Row("KILL", 137), new Row("TERM", 0));
  }

  /** A source's id, the state it is held in, and from where the next start may ask again. */
  private record Held(String id, String state, Fault fault, long asksFrom) {}

  private static final List<Held> SOURCES =
      List.of(
          new Held("landed", "LANDED", new Fault.None(), LENGTH),
          new Held("failed", "FAILED", new Status(404), 0),
          new Held("connecting", "RUNNING", new StallBeforeHeaders(), 0),
          new Held("running", "RUNNING", new StallAfter(HELD), HELD - (512 << 10)),
          new Held("retrying", "RETRYING", Status.retryAfter(503, Duration.ofMinutes(10)), 0),
          new Held("verifying", "VERIFYING", new Fault.None(), LENGTH),
          new Held("handing", "DELIVERING", new Fault.None(), LENGTH),
          new Held("handed", "DELIVERING", new Fault.None(), LENGTH),
          filler(1),
          filler(2),
          filler(3),
          filler(4),
          new Held("queued", "QUEUED", new Fault.None(), 0));

  /** Returns one of those that keep the workers busy, so that the last stays in the queue. */
  private static Held filler(int number) {
    return new Held("filler-" + number, "", new StallBeforeHeaders(), 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void goesOnWithEveryTransfer_whenEndedInEveryState(Row row) throws IOException {
    for (Held held : SOURCES) {
      origin.put(Resource.of("/" + held.id, content(held)));
      origin.forever("/" + held.id, held.fault);
    }
    Path config = configuration(standingStill());
    Map<String, String> wanted =
        SOURCES.stream()
            .filter(held -> !held.state.isEmpty())
            .collect(Collectors.toMap(Held::id, Held::state));
    Child first = start("run", "--config", config.toString());
    until(
        first,
        () ->
            ledger().states().entrySet().containsAll(wanted.entrySet())
                && served("/running") >= HELD
                && Files.exists(landed("handed")));
    assertThat(landed("handing")).doesNotExist();

    first.signal(row.signal);
    assertThat(first.awaitExit(Duration.ofSeconds(10))).isEqualTo(row.exit);

    SOURCES.forEach(held -> origin.forever("/" + held.id, new Fault.None()));
    Map<String, Integer> before = perSource(id -> origin.requests("/" + id).size());
    Child second = start("run", "--config", configuration(installation.routes()).toString());
    until(second, () -> isAll("LANDED") && names(directory.resolve("work/staging")).isEmpty());
    second.kill();
    for (Held held : SOURCES) {
      if (held.id.equals("failed")) {
        assertThat(landed(held.id)).doesNotExist();
        continue;
      }
      assertThat(content(held).matches(landed(held.id))).as(held.id).isTrue();
      assertThat(origin.requests("/" + held.id).stream().skip(before.getOrDefault(held.id, 0)))
          .as("asked again for %s", held.id)
          .allSatisfy(
              request ->
                  assertThat(request.range().map(r -> r.start()).orElse(0L))
                      .isGreaterThanOrEqualTo(held.asksFrom));
    }
    assertThat(names(directory.resolve("landing")))
        .containsExactlyInAnyOrderElementsOf(
            SOURCES.stream().map(Held::id).filter(id -> !id.equals("failed")).toList());
    assertThat(names(directory.resolve("work/staging"))).isEmpty();
  }

  private boolean isAll(String state) {
    Map<String, String> states = new HashMap<>(ledger().states());
    states.remove("failed");
    return states.size() == SOURCES.size() - 1 && states.values().stream().allMatch(state::equals);
  }

  private static <T> Map<String, T> perSource(Function<String, T> question) {
    return SOURCES.stream().collect(Collectors.toMap(Held::id, held -> question.apply(held.id)));
  }

  private static GeneratedContent content(Held held) {
    return new GeneratedContent(held.id.hashCode(), LENGTH);
  }

  private Path landed(String id) {
    return directory.resolve("landing").resolve(id);
  }

  private LedgerView ledger() {
    return LedgerView.of(directory.resolve("work"));
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path configuration(Path routes) throws IOException {
    Path sources = directory.resolve("sources.yaml");
    Files.writeString(
        sources,
        SOURCES.stream()
            .map(held -> "  - {id: " + held.id + ", url: '" + origin.uri("/" + held.id) + "'}\n")
            .collect(Collectors.joining("", "defaults: {connections: 1}\nsources:\n", "")));
    return Files.writeString(
        directory.resolve("application.properties"),
        """
        dromedary.sources=%s
        dromedary.work=%s
        dromedary.landing=%s
        dromedary.breaker.sources=0
        dromedary.console.port=off
        dromedary.poll.interval=1s
        dromedary.transfer.concurrency=6
        dromedary.retry.max-retry-after=8s
        camel.main.routesIncludePattern=file:%s/*.camel.yaml
        """
            .formatted(sources, directory.resolve("work"), directory.resolve("landing"), routes));
  }

  /** Returns a copy of the routes in which three sources stand still before a step. */
  private Path standingStill() throws IOException {
    Path routes = Files.createDirectories(directory.resolve("routes"));
    try (Stream<Path> files = Files.list(installation.routes())) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    Path deliver = routes.resolve("deliver-file.camel.yaml");
    String flow = Files.readString(deliver);
    flow = before(flow, "        - bean:\n            id: prepare\n", "verifying", 0);
    flow = before(flow, "              - to:\n                  id: hand-over\n", "handing", 6);
    flow = before(flow, "        - bean:\n            id: confirm\n", "handed", 0);
    Files.writeString(deliver, flow);
    return routes;
  }

  private static String before(String flow, String step, String source, int indent) {
    assertThat(flow).contains(step);
    String stop =
        """
                - filter:
                    id: if-%s
                    expression:
                      simple:
                        expression: "${exchangeProperty.claimed.sourceId()} == '%s'"
                    steps:
                      - delay:
                          id: stand-%s
                          asyncDelayed: false
                          expression:
                            constant:
                              expression: "600000"
        """
            .formatted(source, source, source);
    return flow.replace(step, stop.indent(indent) + step);
  }

  /**
   * One scenario.
   *
   * @param signal what ends the first run
   * @param exit the status it must end with
   */
  record Row(String signal, int exit) implements ScenarioTally.Row {
    @Override
    public boolean mustLand() {
      return true;
    }

    @Override
    public String toString() {
      return "SIG" + signal + " with a transfer in each state";
    }
  }
}
