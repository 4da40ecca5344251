package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.routing.PollSteps;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Somebody removes or replaces files of the work directory under a running service (I5). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LostFilesTest {

  private static final int SIZE = 400_000;
  private static final GeneratedContent CONTENT = new GeneratedContent(1, SIZE);

  private static final Logger POLLS = (Logger) LoggerFactory.getLogger(PollSteps.class);

  @TempDir Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private Flow flow = Flow.prepared(Path.of("unused"), Map.of());

  @BeforeEach
  void start() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    POLLS.setLevel(Level.INFO);
    POLLS.addAppender(log);
    flow =
        Flow.running(directory, Map.of("disk.check-interval", "500ms", "part.chunk-size", "64KiB"));
    assertLanded(flow.fetch(entry("before")));
  }

  @AfterEach
  void stop() {
    flow.close();
    POLLS.detachAppender(log);
    POLLS.setLevel(null);
    origin.close();
  }

  @Test
  void stagingIsMadeAgain() throws Exception {
    remove(flow.staging());

    assertLanded(flow.fetch(entry("after")));
  }

  @Test
  void transferThatLostItsStagingStartsOver() throws Exception {
    Entry entry = entry("during");
    origin.forever("/during", new LimitRate(SIZE));
    flow.add(entry);
    flow.awaitReceived("during", SIZE / 4);

    remove(flow.staging());

    assertLanded(flow.awaitEnd("during", 1));
  }

  @Test
  void nothingLandsThatNobodyRecords_untilTheLedgerIsBack() throws Exception {
    origin.forever("/during", new LimitRate(SIZE));
    flow.add(entry("during"));
    flow.awaitReceived("during", SIZE / 4);

    moveLedgerAway();
    flow.add(entry("during"), entry("after"));

    await().atMost(Flow.LIMIT).until(() -> !service().getLostFiles().isEmpty());
    assertThat(service().getLostFiles())
        .containsOnlyKeys(work().resolve("ledger.db").toString())
        .allSatisfy((file, why) -> assertThat(why).contains("removed", "restart"));
    await().atMost(Flow.LIMIT).until(() -> flow.networkBytes("during") >= SIZE);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Flow.LIMIT)
        .until(() -> flow.landedNames().equals(List.of("before")));
    putLedgerBack();
    await().atMost(Flow.LIMIT).until(() -> service().getLostFiles().isEmpty());
    assertLanded(flow.awaitEnd("during", 1));
    assertLanded(flow.awaitEnd("after", 1));
    assertThat(origin.requests("/during")).as("kept while it waited").hasSize(1);
    assertThat(
            flow.<Boolean>ledger(ledger -> ledger.source("after").orElseThrow().landed() != null))
        .isTrue();
  }

  @Test
  void pollsThatRecordNothingAreToldOnce_untilTheyGoThrough() throws Exception {
    moveLedgerAway();
    flow.add(IntStream.range(0, 20).mapToObj(i -> entry("after-" + i)).toArray(Entry[]::new));

    await().atMost(Flow.LIMIT).until(() -> told("E5014") > 0);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Flow.LIMIT)
        .untilAsserted(() -> assertThat(told("poll failed")).isEqualTo(1));
    assertThat(service().getPollFailure()).startsWith("E5014 the poll failed: ");
    putLedgerBack();

    assertLanded(flow.awaitEnd("after-19", 1));
    await().atMost(Flow.LIMIT).until(() -> told("polls go through again") == 1);
    assertThat(service().getPollFailure()).isEmpty();
    moveLedgerAway();
    flow.add(entry("later"));
    await().atMost(Flow.LIMIT).until(() -> told("poll failed") == 2);
  }

  private long told(String words) {
    return log.list.stream().filter(line -> line.getFormattedMessage().contains(words)).count();
  }

  @Test
  void anotherLedgerInItsPlaceIsToldAsLost() throws Exception {
    Path ledger = work().resolve("ledger.db");
    Path copy = Files.copy(ledger, directory.resolve("copy.db"));

    Files.move(copy, ledger, StandardCopyOption.ATOMIC_MOVE);

    await().atMost(Flow.LIMIT).until(() -> !service().getLostFiles().isEmpty());
    assertThat(service().getLostFiles().get(ledger.toString())).contains("another file");
  }

  @Test
  void lockIsTakenAgain() throws Exception {
    Path lock = work().resolve("dromedary.lock");
    String owner = Files.readString(lock);
    Files.delete(lock);

    await().atMost(Flow.LIMIT).until(() -> Files.exists(lock) && Files.size(lock) > 0);

    assertThat(Files.readString(lock)).isEqualTo(owner);
    Flow second = Flow.prepared(directory, Map.of());
    assertThatThrownBy(second::start).hasMessageContaining("another instance");
    assertThat(service().getLostFiles()).isEmpty();
  }

  private Entry entry(String id) {
    origin.put(Resource.of("/" + id, CONTENT));
    return Entry.of(id, origin.uri("/" + id)).with("connections", "1");
  }

  private void assertLanded(TransferEvent end) {
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded(end.target(), CONTENT)).isTrue();
  }

  private Path work() {
    return flow.staging().getParent();
  }

  private static ServiceMXBean service() {
    return Flow.bean(ServiceMXBean.NAME, ServiceMXBean.class);
  }

  /** A log that is away alone would be begun anew. */
  private void moveLedgerAway() throws IOException {
    moveLedger(work(), aside(), List.of("", "-wal", "-shm"));
  }

  private void putLedgerBack() throws IOException {
    moveLedger(aside(), work(), List.of("-shm", "-wal", ""));
  }

  private static void moveLedger(Path from, Path to, List<String> ends) throws IOException {
    for (String end : ends) {
      Files.move(from.resolve("ledger.db" + end), to.resolve("ledger.db" + end));
    }
  }

  private Path aside() throws IOException {
    return Files.createDirectories(directory.resolve("aside"));
  }

  private static void remove(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
