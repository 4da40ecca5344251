package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.Named;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.demo.WireFault;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.part.PartPaths;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A service that is stopped in the middle, and what the next one does (I2, I5). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StopIT {

  private static final int SIZE = 3_000_000;
  private static final Duration PROMISED = Duration.ofSeconds(10);
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private ScriptedOrigin origin;
  private Flow flow;

  @BeforeEach
  void start(@TempDir Path directory) {
    origin = ScriptedOrigin.start();
    flow = Flow.prepared(directory, Map.of("part.chunk-size", "64KiB"));
  }

  @AfterEach
  void end() {
    flow.close();
    origin.close();
  }

  @Test
  void stopsInTime_whenAUsersEndpointNeverAnswers() {
    origin.forever("/hook", new WireFault.StallBeforeHeaders());
    flow.addRoute(
        """
        - route:
            id: users
            from:
              uri: direct:hook
              steps:
                - setBody:
                    expression:
                      constant:
                        expression: landed
                - to:
                    uri: %s
        """
            .formatted(origin.uri("/hook")));
    flow.set("landed.uri", "direct:hook");
    Content content = new GeneratedContent(1, SIZE);
    flow.add(serve("told.bin", content));
    flow.start();
    await().atMost(Flow.LIMIT).until(() -> !origin.requests("/hook").isEmpty());
    assertThat(flow.stop()).isLessThan(PROMISED);
    assertThat(flow.hasLanded("told.bin", content)).isTrue();
    assertThat(flow.ends("told.bin")).singleElement().extracting("state").hasToString("LANDED");
  }

  @Test
  void stopTellsOfTheEventThatIsNotTaken_andWaitsNoLonger() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ROOT.addAppender(log);
    origin.forever("/hook", new WireFault.StallBeforeHeaders());
    flow.set("landed.uri", origin.uri("/hook").toString());
    flow.add(serve("told.bin", new GeneratedContent(1, SIZE)));
    flow.start();
    await().atMost(Flow.LIMIT).until(() -> !origin.requests("/hook").isEmpty());
    try {
      assertThat(flow.stop()).isLessThan(Duration.ofSeconds(6));
    } finally {
      ROOT.detachAppender(log);
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .singleElement()
        .asString()
        .contains(" code=E5008 setting=landed.uri ")
        .contains(" reason=\"it was not taken before the service stopped\" ");
  }

  @Test
  void stoppedTransferIsQueuedAndResumesWithinAChunk_evenWhenTheServerStalls() {
    Content content = new GeneratedContent(1, SIZE);
    Entry entry = serve("stop.bin", content).withDigestOf(content).with("connections", "1");
    origin.script("/stop.bin", new StallAfter(1_000_000));
    flow.add(entry);
    flow.start();
    flow.awaitReceived("stop.bin", 1_000_000);
    assertThat(flow.stop()).isLessThan(PROMISED);

    TransferEvent last = flow.events("stop.bin").get(flow.events("stop.bin").size() - 1);
    TransferRecord stored = flow.ledger(ledger -> ledger.transfer(last.transferId()).orElseThrow());
    assertThat(stored.state()).isEqualTo(TransferState.QUEUED);
    assertThat(stored.attempts()).isZero();
    assertThat(flow.staged("stop.bin")).hasSize(2);

    flow.start();
    TransferEvent end = flow.awaitEnd("stop.bin", 1);
    assertThat(end.state()).isEqualTo(TransferState.LANDED);
    assertThat(end.transferId()).isEqualTo(last.transferId());
    assertThat(flow.hasLanded("stop.bin", content)).isTrue();
    SeenRequest second = origin.requests("/stop.bin").get(1);
    assertThat(second.range().orElseThrow().start()).isBetween(1_000_000L - 64 * 1024, 1_000_000L);
    assertThat(flow.ends("stop.bin")).hasSize(1);
  }

  @Test
  void startsOver_whenARedirectLeadsToAnotherReleaseNamedAlikeAfterTheStop() {
    Fault named = new Named("\"69786040-2dc6c0\"");
    Content old = new GeneratedContent(4, SIZE);
    Content fresh = new GeneratedContent(5, SIZE);
    origin.put(Resource.of("/rel1/disk.raw", old));
    origin.put(Resource.of("/rel2/disk.raw", fresh));
    origin.script("/rel1/disk.raw", named.and(new StallAfter(1_000_000)));
    origin.forever("/rel2/disk.raw", named);
    origin.forever("/latest.raw", new RedirectTo("/rel1/disk.raw"));
    flow.add(Entry.of("latest.raw", origin.uri("/latest.raw")));
    flow.start();
    flow.awaitReceived("latest.raw", 1_000_000);
    assertThat(flow.stop()).isLessThan(PROMISED);

    origin.forever("/latest.raw", new RedirectTo("/rel2/disk.raw"));
    flow.start();
    assertThat(flow.awaitEnd("latest.raw", 1).state()).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded("latest.raw", fresh)).isTrue();
    assertThat(flow.failures("latest.raw")).containsExactly("VERSION_CHANGED");
  }

  @Test
  void stopsInTime_whileAServerSaysNothingAndARetryIsWaitedFor() {
    flow.set("retry.backoff", "1h");
    flow.set("retry.backoff-max", "2h");
    Entry mute = serve("mute.bin", new GeneratedContent(2, SIZE));
    origin.forever("/mute.bin", new WireFault.StallBeforeHeaders());
    Entry waiting = serve("waiting.bin", new GeneratedContent(3, SIZE));
    origin.script("/waiting.bin", new Status(500));
    flow.add(mute, waiting);
    flow.start();
    origin.awaitRequests("/mute.bin", 1, Flow.LIMIT);
    flow.awaitState("waiting.bin", TransferState.RETRYING);
    assertThat(flow.stop()).isLessThan(PROMISED);

    flow.set("retry.backoff", "10ms");
    origin.clearScript("/mute.bin");
    flow.start();
    assertThat(flow.awaitEnd("mute.bin", 1).state()).isEqualTo(TransferState.LANDED);
    assertThat(flow.<Instant>ledger(ledger -> nextAttempt(ledger, "waiting.bin")))
        .as("the wait outlives the stop")
        .isAfter(Instant.now().plus(Duration.ofMinutes(20)));
  }

  private static Instant nextAttempt(Ledger ledger, String source) {
    return Objects.requireNonNull(ledger.activeOf(source).orElseThrow().nextAttemptAt());
  }

  @Test
  void queuedTransferIsCancelled_whenItsSourceHasLeftTheList() {
    Entry entry = serve("gone.bin", new GeneratedContent(4, SIZE)).with("connections", "1");
    origin.script("/gone.bin", new StallAfter(100_000));
    flow.add(entry);
    flow.start();
    flow.awaitReceived("gone.bin", 100_000);
    flow.stop();
    flow.remove("gone.bin");
    flow.start();
    TransferEvent end = flow.awaitEnd("gone.bin", 1);
    assertThat(end.state()).isEqualTo(TransferState.CANCELLED);
    assertThat(flow.landedNames()).isEmpty();
    assertThat(origin.requests("/gone.bin")).hasSize(1);
  }

  @Test
  void onePollTakesWhatWasLeftAsItsPollOfTheSource() throws Exception {
    List<String> ids = List.of("left-1", "left-2", "left-3");
    for (String id : ids) {
      Content content = new GeneratedContent(id.hashCode(), 300_000);
      flow.add(serve(id, content).with("connections", "1"));
      origin.script("/" + id, new StallAfter(100_000));
    }
    flow.start();
    ids.forEach(id -> flow.awaitReceived(id, 100_000));
    flow.stop();
    flow.set("transfer.queue", "1");
    flow.set("transfer.concurrency", "1");

    List<TransferEvent> ends = flow.pollOnce();

    assertThat(ends).hasSize(3).extracting(TransferEvent::state).containsOnly(TransferState.LANDED);
    assertThat(ids).allMatch(id -> origin.requests("/" + id).size() == 2);
  }

  @Test
  void everySourceHasOneOutcome_whenThereAreMoreThanTheQueueHolds() throws Exception {
    flow.set("transfer.queue", "2");
    flow.set("transfer.concurrency", "3");
    for (int i = 0; i < 50; i++) {
      Entry entry = serve("many-" + i, new GeneratedContent(100 + i, 2000 + i));
      flow.add(i % 10 == 3 ? Entry.of("many-" + i, origin.uri("/missing")) : entry);
    }
    List<TransferEvent> ends = flow.pollOnce();
    assertThat(ends).extracting(TransferEvent::sourceId).doesNotHaveDuplicates().hasSize(50);
    assertThat(ends).filteredOn(end -> end.state() == TransferState.LANDED).hasSize(45);
    assertThat(ends).filteredOn(end -> end.state() == TransferState.FAILED).hasSize(5);
    assertThat(flow.landedNames()).hasSize(45);
  }

  @Test
  void sourcesOfOneHostShareItsOneConnection() throws Exception {
    flow.set("origin.connections", "1");
    for (int i = 0; i < 4; i++) {
      Entry entry = serve("share-" + i, new GeneratedContent(200 + i, 9_000_000));
      flow.add(entry.with("connections", "4"));
    }
    List<TransferEvent> ends = flow.pollOnce();
    assertThat(ends).hasSize(4).allMatch(end -> end.state() == TransferState.LANDED);
    List<SeenRequest> seen = origin.requests();
    assertThat(seen).extracting(SeenRequest::connection).containsOnly(1);
  }

  @Test
  void transferWhosePartFileCannotBeOpenedHasItsOutcome() throws Exception {
    Entry entry = serve("blocked.bin", new GeneratedContent(300, 1000));
    flow.add(entry);
    Path staging = Files.createDirectories(flow.staging());
    Path part = new PartPaths(staging).partFile("blocked.bin");
    Files.createDirectory(part);
    List<TransferEvent> ends = flow.pollOnce();
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0).state()).isEqualTo(TransferState.FAILED);
  }

  @Test
  void landedTransferStaysLanded_whenItsEventCannotBeTold() throws Exception {
    flow.set("landed.uri", "http:127.0.0.1:9/nobody-listens");
    Content content = new GeneratedContent(301, 1000);
    flow.add(serve("untold.bin", content));
    List<TransferEvent> ends = flow.pollOnce();
    assertThat(ends).extracting(TransferEvent::state).containsExactly(TransferState.LANDED);
    assertThat(flow.hasLanded("untold.bin", content)).isTrue();
    assertThat(flow.events("untold.bin"))
        .extracting(TransferEvent::state)
        .doesNotContain(TransferState.RETRYING, TransferState.FAILED);
  }

  private Entry serve(String id, Content content) {
    origin.put(Resource.of("/" + id, content));
    return Entry.of(id, origin.uri("/" + id));
  }
}
