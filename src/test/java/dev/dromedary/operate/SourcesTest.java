package dev.dromedary.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.SourcePage;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.routing.PollRequests;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.routing.StopSignal;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TransferState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A list of 100,000 sources is looked through, counted and commanded. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SourcesTest {

  private static final int MANY = 100_000;

  private final AtomicInteger ticks = new AtomicInteger();
  private final StopSignal stop = new StopSignal();

  @SuppressWarnings("NullAway.Init")
  private Ledger ledger;

  @SuppressWarnings("NullAway.Init")
  private Sources sources;

  @BeforeEach
  void open(@TempDir Path directory) {
    ledger = Ledger.open(directory.resolve("ledger.db"), Clock.systemUTC(), new Random(1));
    List<Source> list = IntStream.range(0, MANY).mapToObj(SourcesTest::source).toList();
    sources =
        new Sources(
            SourceCatalog.of(list),
            ledger.forOperators(),
            new Standings(ledger.forOperators(), System::nanoTime),
            new PollRequests(),
            stop,
            ticks::incrementAndGet,
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void pagesAreInTheOrderOfTheList_andTellHowManyThereAre() {
    SourcePage page = sources.find("", 99_990, 100);

    assertThat(page.total()).isEqualTo(MANY);
    assertThat(page.sources()).hasSize(10);
    assertThat(page.sources().get(0).source()).isEqualTo("s-99990");
    assertThat(sources.find("", 0, 1_000_000).sources()).hasSize(Sources.LARGEST_PAGE);
    assertThat(sources.find("", -5, 0).sources()).hasSize(1);
    assertThat(sources.find("", MANY, 10).sources()).isEmpty();
  }

  @Test
  void wordsOfAFilterMustAllHold() {
    fail("s-7");
    ledger.enqueue("s-8", "8.bin", null);

    assertThat(ids("s-4242?")).hasSize(10);
    assertThat(ids("HOST-7.EXAMPLE *777")).hasSize(100).allMatch(id -> id.endsWith("777"));
    assertThat(ids("state=failed")).containsExactly("s-7");
    assertThat(ids("failing s-8")).isEmpty();
    assertThat(ids("state=queued")).containsExactly("s-8");
    assertThat(sources.getStates()).isEqualTo(Map.of("failed", 1, "queued", 1, "new", MANY - 2));
    assertThat(sources.getFailingCount()).isEqualTo(1);
  }

  @Test
  void secretsOfAUrlAreNotTold() {
    String status = String.valueOf(sources.get("s-1"));

    assertThat(status).contains("https://host-1.example/1.bin?").doesNotContain("secret");
  }

  @Test
  void allArePausedResumedAndPolledByOnePattern() {
    assertThat(sources.pause("*")).isEqualTo(new Change(MANY, MANY, List.of()));
    assertThat(sources.getPausedCount()).isEqualTo(MANY);
    Change skipped = sources.poll("s-1*");
    assertThat(skipped.changed()).isZero();
    assertThat(skipped.left()).hasSize(Change.MOST_REASONS).contains("s-1: is paused");
    assertThat(ticks).hasValue(0);

    assertThat(sources.resume("*").changed()).isEqualTo(MANY);
    assertThat(sources.poll("*").changed()).isEqualTo(MANY);
    assertThat(ticks).hasValue(2);
    assertThat(sources.poll("nobody")).isEqualTo(Change.NOTHING);
  }

  @Test
  void nothingIsPolledWhileTheServiceDrains() {
    stop.drain(true);

    assertThat(sources.poll("s-1"))
        .isEqualTo(new Change(1, 0, List.of("the service drains and takes nothing new")));
    assertThat(ticks).hasValue(0);
  }

  @Test
  void pauseOutlivesTheLedgersEnd(@TempDir Path directory) {
    Path file = directory.resolve("other.db");
    try (Ledger first = Ledger.open(file, Clock.systemUTC(), new Random(2))) {
      first.forOperators().pause(List.of("kept"));
    }
    try (Ledger second = Ledger.open(file, Clock.systemUTC(), new Random(3))) {
      assertThat(second.forOperators().paused()).containsExactly("kept");
      assertThat(second.forOperators().resume(List.of("kept", "other"))).isEqualTo(1);
    }
  }

  private void fail(String id) {
    TransferRecord queued = ledger.enqueue(id, id, null).orElseThrow();
    TransferRecord running = ledger.claim(queued.id(), "w").orElseThrow();
    TransferRecord dead = ledger.advance(running, running.failed(FailureCode.NOT_FOUND, "gone"));
    assertThat(dead.state()).isEqualTo(TransferState.FAILED);
  }

  private List<String> ids(String filter) {
    return sources.find(filter, 0, 1000).sources().stream().map(SourceStatus::source).toList();
  }

  private static Source source(int number) {
    return new Source(
        "s-" + number,
        List.of(
            URI.create("https://host-" + number % 10 + ".example/" + number + ".bin?key=secret")),
        number + ".bin",
        List.of(),
        OptionalLong.empty(),
        new Schedule.Every(Duration.ofHours(1)),
        Map.of(),
        OptionalInt.empty(),
        false,
        false,
        OptionalLong.empty(),
        Guards.NONE,
        Optional.empty());
  }
}
