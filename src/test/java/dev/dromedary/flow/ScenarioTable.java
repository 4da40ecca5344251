package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.flow.Scenario.Outcome;
import dev.dromedary.flow.Scenario.Stage;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A table of scenarios. The real service runs one poll over all of them at once; each row is then
 * held against ledger, landing zone, staging and what the origin saw.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ScenarioTally.class)
abstract class ScenarioTable {

  private static final String BEFORE = "the version that landed before";

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final List<Scenario> rows = rows();
  private final Map<Scenario, TransferEvent> ends = new HashMap<>();
  private final Map<String, ScriptedOrigin> origins = new HashMap<>();
  private ScriptedOrigin origin;
  private ScriptedOrigin elsewhere;
  private Flow flow;

  /** Returns the table. */
  abstract List<Scenario> rows();

  /** Returns the settings in which a table differs. */
  Map<String, String> settings() {
    return Map.of();
  }

  /**
   * Says whether all rows ask one host. Else each has its own, because what one row shows of a host
   * is remembered for the next.
   */
  boolean sharesHost() {
    return false;
  }

  /** Prepares what a table needs beyond the origin; returns settings that name it. */
  Map<String, String> prepare(Path directory, ScriptedOrigin server) throws Exception {
    return Map.of();
  }

  /** Closes what {@link #prepare} opened. */
  void closeFurther() throws Exception {}

  @BeforeAll
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void playAll(@TempDir Path directory) throws Exception {
    origin = ScriptedOrigin.start();
    elsewhere = ScriptedOrigin.start();
    flow = Flow.prepared(directory, Map.of("part.chunk-size", "64KiB", "origin.connections", "64"));
    flow.set("transfer.concurrency", "16");
    settings().forEach(flow::set);
    prepare(directory, origin).forEach(flow::set);
    for (Scenario row : rows) {
      prepare(row);
    }
    Map<String, TransferEvent> byId =
        flow.pollOnce().stream().collect(Collectors.toMap(TransferEvent::sourceId, end -> end));
    rows.forEach(row -> ends.put(row, byId.get(id(row))));
  }

  private void prepare(Scenario row) throws IOException {
    ScriptedOrigin own = sharesHost() ? origin : ScriptedOrigin.start();
    origins.put(row.name, own);
    Stage stage = new Stage(own, elsewhere, path(row), row);
    own.put(stage.before());
    row.script.forEach(fault -> own.script(path(row), fault.apply(stage)));
    own.forever(path(row), row.afterwards.apply(stage));
    flow.add(row.entry.apply(Entry.of(id(row), own.uri(path(row)))));
    Files.createDirectories(flow.landing());
    Files.writeString(flow.landed(id(row)), BEFORE);
  }

  @AfterAll
  void closeAll() throws Exception {
    closeFurther();
    flow.close();
    origins.values().forEach(ScriptedOrigin::close);
    origin.close();
    elsewhere.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void endsAsItMust(Scenario given) throws IOException {
    Scenario row = rows.stream().filter(r -> r.name.equals(given.name)).findFirst().orElseThrow();
    TransferEvent end = Objects.requireNonNull(ends.get(row), "no outcome was recorded");
    List<SeenRequest> requests = originOf(row).requests(path(row));
    TransferRecord record = flow.ledger(ledger -> ledger.transfer(end.transferId()).orElseThrow());
    String story = story(end, record, requests);
    TransferState expected =
        row.outcome == Outcome.LANDS ? TransferState.LANDED : TransferState.FAILED;
    assertThat(record.state()).as(story).isEqualTo(expected);
    if (row.outcome == Outcome.LANDS) {
      assertThat(flow.hasLanded(id(row), row.landed())).as("right bytes: %s", story).isTrue();
    } else {
      assertThat(flow.landed(id(row))).as(story).hasContent(BEFORE);
    }
    assertFailures(row, story);
    assertThat(end.took()).as(story).isLessThan(LONGEST);
    assertThat(requests.size()).as(story).isBetween(row.fewestRequests, row.mostRequests);
    assertBytes(row, record, requests, story);
    assertStaging(row, record, story);
    if (!row.pause.isZero()) {
      Duration pause = Duration.between(requests.get(0).startedAt(), requests.get(1).startedAt());
      assertThat(pause).as(story).isGreaterThanOrEqualTo(row.pause);
    }
  }

  private void assertFailures(Scenario row, String story) {
    List<String> failures = flow.failures(id(row));
    if (row.tolerated != null) {
      assertThat(failures).as(story).allMatch(row.tolerated.name()::equals);
      return;
    }
    assertThat(failures).as(story).hasSize(row.failures.size());
    for (int i = 0; i < failures.size(); i++) {
      assertThat(row.failures.get(i).stream().map(Enum::name))
          .as("attempt %d: %s", i + 1, story)
          .contains(failures.get(i));
    }
  }

  private static void assertBytes(
      Scenario row, TransferRecord record, List<SeenRequest> requests, String story) {
    if (row.keptBytes < 0) {
      return;
    }
    long wanted = row.outcome == Outcome.LANDS ? row.landed().lengthBytes() : row.keptBytes;
    assertThat(record.receivedBytes()).as(story).isEqualTo(wanted);
    assertThat(record.fetchedBytes() - wanted)
        .as("bytes fetched again: %s", story)
        .isBetween(row.leastRefetched, row.mostRefetched);
    long sent = requests.stream().mapToLong(SeenRequest::bodyBytesSent).sum();
    boolean isAllFromHere = requests.stream().noneMatch(r -> r.status() / 100 == 3);
    if (isAllFromHere) {
      assertThat(sent).as(story).isGreaterThanOrEqualTo(record.fetchedBytes());
    }
  }

  private void assertStaging(Scenario row, TransferRecord record, String story) throws IOException {
    List<String> staged = flow.staged(id(row));
    if (row.keepsRejected) {
      assertThat(staged)
          .as(story)
          .anyMatch(name -> name.endsWith(".rejected"))
          .allMatch(name -> name.contains(".rejected"));
      return;
    }
    if (row.keptBytes < 0) {
      return;
    }
    if (row.keptBytes == 0) {
      for (String name : staged) {
        boolean isEmpty =
            name.endsWith(".journal") || Files.size(flow.staging().resolve(name)) == 0;
        assertThat(isEmpty && row.outcome == Outcome.REFUSED).as(story).isTrue();
      }
      return;
    }
    assertThat(staged).as(story).hasSize(2);
    Path part = flow.staging().resolve("..").resolve(String.valueOf(record.partFile()));
    assertThat(Files.size(part)).as(story).isGreaterThanOrEqualTo(row.keptBytes);
    assertThat(row.content.firstMismatch(part).orElse(Long.MAX_VALUE))
        .as("bytes kept are bytes of the file: %s", story)
        .isGreaterThanOrEqualTo(row.keptBytes);
  }

  @Test
  void leavesNoTemporaryNameInTheLandingZone() {
    assertThat(flow.landedNames())
        .containsExactlyInAnyOrderElementsOf(rows.stream().map(this::id).toList());
  }

  @Test
  void leavesNoConnectionOpen() {
    await("connections closed").atMost(Flow.LIMIT).until(() -> openConnections() == 0);
  }

  private ScriptedOrigin originOf(Scenario row) {
    return Objects.requireNonNull(origins.get(row.name), row.name);
  }

  private int openConnections() {
    return elsewhere.openConnections()
        + origins.values().stream().mapToInt(ScriptedOrigin::openConnections).sum();
  }

  private String story(TransferEvent end, TransferRecord record, List<SeenRequest> requests) {
    return "%s after %s, %d bytes of %d fetched, staged %s, %s%n%s%n"
        .formatted(
            record.state(),
            flow.failures(end.sourceId()),
            record.receivedBytes(),
            record.fetchedBytes(),
            flow.staged(end.sourceId()),
            end.reason(),
            requests.stream()
                .map(r -> r + " " + r.header("Range").orElse("none"))
                .collect(Collectors.joining("\n")));
  }

  private String id(Scenario row) {
    int number = 1;
    for (Scenario other : rows) {
      if (other.name.equals(row.name)) {
        break;
      }
      number++;
    }
    String table = getClass().getSimpleName().replaceAll("Scenarios.*", "");
    return "%s-%02d".formatted(table.toLowerCase(Locale.ROOT), number);
  }

  private String path(Scenario row) {
    return "/" + id(row);
  }
}
