package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.SourceStatus;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A transfer that has to wait long holds nothing meanwhile, and goes on where it stopped. */
class RestTest extends RunningFlow {

  private static final int SIZE = 300_000;

  @Override
  Map<String, String> settings() {
    return Map.of("transfer.concurrency", "1", "retry.max-retry-after", "1h");
  }

  @Test
  void othersLandWhileOneWaits_andItComesBackInTime() {
    Content waiting = content(SIZE);
    Content other = content(SIZE);
    Entry patient = serve("patient.bin", waiting);
    origin.script(
        "/patient.bin",
        new CutAfter(100_000, false),
        Status.retryAfter(503, Duration.ofSeconds(4)));
    flow.add(patient);
    flow.awaitState("patient.bin", TransferState.RETRYING);

    assertLanded(flow.fetch(serve("other.bin", other)), other);
    assertThat(flow.ends("patient.bin")).as("still waiting").isEmpty();

    assertLanded(flow.awaitEnd("patient.bin", 1), waiting);
    assertThat(sent("patient.bin")).as("bytes sent").isLessThan(SIZE + 2 * CHUNK);
    SeenRequest refused = requests("patient.bin").get(1);
    SeenRequest last = requests("patient.bin").get(2);
    assertThat(Duration.between(refused.startedAt(), last.startedAt()))
        .isBetween(Duration.ofMillis(3900), Duration.ofSeconds(15));
  }

  @Test
  void isKeptWithItsTimeOverARestart() {
    Content content = content(SIZE);
    Entry entry = serve("kept.bin", content);
    origin.script("/kept.bin", Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(entry);
    flow.awaitState("kept.bin", TransferState.RETRYING);

    flow.stop();
    flow.add(entry.with("every", "2h"));
    flow.start();
    Content next = content(10);
    assertLanded(flow.fetch(serve("next.bin", next)), next);

    TransferRecord kept =
        flow.<TransferRecord>ledger(ledger -> ledger.activeOf("kept.bin").orElseThrow());
    assertThat(kept.nextAttemptAt()).isAfter(Instant.now().plus(Duration.ofMinutes(25)));
    assertThat(requests("kept.bin")).hasSize(1);
    assertThat(flow.<List<TransferRecord>>ledger(found -> found.forOperators().retrying(10)))
        .as("those that are told to wait")
        .containsExactly(kept);
    SourcesMXBean sources = Flow.bean(SourcesMXBean.NAME, SourcesMXBean.class);
    assertThat(sources.get("kept.bin").code()).isEqualTo("E2503");
    assertThat(sources.find("state=retrying", 0, 10).sources())
        .as("as before the restart")
        .extracting(SourceStatus::source)
        .containsExactly("kept.bin");
    assertThat(Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).getWaiting())
        .filteredOn(waiting -> waiting.source().equals("kept.bin"))
        .extracting(waiting -> waiting.state() + " " + waiting.attempts())
        .containsExactly("retrying 1");
    flow.remove("kept.bin");
  }

  @Test
  void waitThatBeganBeforeTheStartEnds_whenTheListNamesAnotherUrl() {
    Content content = content(SIZE);
    Entry resting = waiting("restored.bin");
    serve("awake.bin", content);
    flow.stop();
    flow.start();
    Content next = content(10);
    assertLanded(flow.fetch(serve("after-start.bin", next)), next);
    assertThat(requests("restored.bin")).as("waits on").hasSize(1);

    flow.add(resting.with("url", "'" + origin.uri("/awake.bin") + "'"));

    assertLanded(flow.awaitEnd("restored.bin", 1), content);
    assertThat(requests("restored.bin")).hasSize(1);
  }

  @Test
  void waitEndsWithTheStart_whenTheListNamedAnotherUrlMeanwhile() {
    Content content = content(SIZE);
    Entry resting = waiting("edited.bin");
    serve("other-url.bin", content);
    flow.stop();

    flow.add(resting.with("url", "'" + origin.uri("/other-url.bin") + "'"));
    flow.start();

    assertLanded(flow.awaitEnd("edited.bin", 1), content);
    assertThat(requests("edited.bin")).hasSize(1);
  }

  @Test
  void resumeIsToldOnce_howeverOftenItRestsWithoutAByte() {
    Content content = content(SIZE);
    Entry entry = serve("told-once.bin", content);
    Status busy = Status.retryAfter(503, Duration.ofSeconds(2));
    origin.script("/told-once.bin", new CutAfter(100_000, false), busy, busy);

    assertLanded(flow.fetch(entry), content);

    assertThat(flow.events("told-once.bin"))
        .filteredOn(event -> event.state() == TransferState.RUNNING)
        .extracting(TransferEvent::receivedBytes)
        .containsExactly(0L, 100_000L);
  }

  /** Lets a transfer wait for half an hour. */
  private Entry waiting(String id) {
    Entry entry = serve(id, content(SIZE));
    origin.forever("/" + id, Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(entry);
    flow.awaitState(id, TransferState.RETRYING);
    return entry;
  }

  @Test
  void digestThatTheFirstAnswerPromisedIsExpected_afterARestToo() {
    Content content = content(SIZE);
    Entry entry = serve("promised.bin", content);
    String digest = Base64.getEncoder().encodeToString(content.digest(DigestAlgorithm.SHA_256));
    ExtraHeaders promise = new ExtraHeaders(Map.of("Repr-Digest", "sha-256=:" + digest + ":"));
    origin.script(
        "/promised.bin",
        promise.and(new CutAfter(100_000, false)),
        Status.retryAfter(503, Duration.ofSeconds(2)));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(requests("promised.bin").get(2).range().orElseThrow().start()).isEqualTo(100_000);
  }

  @Test
  void bytesAreHeldAgainstTheDigestFile_thatWasAskedForAfterARest() {
    Content content = content(SIZE);
    Entry entry = serve("published.bin", content).with("digestFrom", ".sha256");
    String hex = HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256));
    origin.put(Resource.of("/published.bin.sha256", FixedContent.of(hex + "\n")));
    origin.script("/published.bin.sha256", Status.retryAfter(503, Duration.ofSeconds(2)));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(requests("published.bin")).hasSize(1);
    assertThat(requests("published.bin.sha256")).hasSize(2);
  }
}
