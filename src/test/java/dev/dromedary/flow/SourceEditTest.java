package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.After;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What becomes of a transfer under way whose entry of the source list is edited or taken out. */
class SourceEditTest extends RunningFlow {

  private static final int RATE = 200_000;
  private static final Logger EVENTS = (Logger) LoggerFactory.getLogger("dev.dromedary.transfers");

  /** The pauses are short ones, which a transfer spends in its worker. */
  @Override
  Map<String, String> settings() {
    return Map.of(
        "retry.tries",
        "1000",
        "retry.backoff",
        "200ms",
        "retry.backoff-max",
        "200ms",
        "retry.max-retry-after",
        "1h");
  }

  @Test
  void nextAttemptAsksTheUrlThatTheListNamesNow() {
    Content content = content(1000);
    Entry wrong = serve("wrong.bin", content);
    origin.forever("/wrong.bin", new Status(500));
    flow.add(wrong);
    flow.awaitState("wrong.bin", TransferState.RETRYING);
    serve("right.bin", content);

    flow.add(wrong.with("url", "'" + origin.uri("/right.bin") + "'"));

    assertLanded(flow.awaitEnd("wrong.bin", 1), content);
  }

  @Test
  void longWaitOfAUrlEnds_whenTheListNamesAnother() {
    Content content = content(1000);
    Entry resting = serve("resting.bin", content);
    origin.forever("/resting.bin", Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(resting);
    flow.awaitState("resting.bin", TransferState.RETRYING);
    serve("awake.bin", content);

    flow.add(resting.with("url", "'" + origin.uri("/awake.bin") + "'"));

    assertLanded(flow.awaitEnd("resting.bin", 1), content);
    assertThat(requests("resting.bin")).hasSize(1);
  }

  @Test
  void bytesThatAreHereAreKept_whenTheListHasItsUrlSignedAnew() {
    Content content = content(3_000_000);
    Entry entry = serve("store.bin", content).with("connections", "1");
    origin.script(
        "/store.bin",
        new CutAfter(2_000_000, false),
        Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(signed(entry, "one"));
    await().atMost(Flow.LIMIT).until(() -> requests("store.bin").size() == 2);

    flow.add(signed(entry, "two"));

    assertLanded(flow.awaitEnd("store.bin", 1), content);
    SeenRequest last = requests("store.bin").get(2);
    assertThat(last.target()).endsWith("&X-Amz-Signature=two");
    assertThat(last.bodyBytesSent()).isEqualTo(1_000_000);
  }

  @Test
  void whatIsRefusedIsAskedAsTheListNamesItNow_beforeItIsGivenUp() {
    Content content = content(1000);
    Entry entry = serve("expired.bin", content);
    CountDownLatch isEdited = new CountDownLatch(1);
    origin.script("/expired.bin", new After(isEdited, new Status(404)));
    flow.add(signed(entry, "one"));
    flow.awaitState("expired.bin", TransferState.RUNNING);

    flow.add(signed(entry, "two"));
    isEdited.countDown();

    assertLanded(flow.awaitEnd("expired.bin", 1), content);
    assertThat(requests("expired.bin").get(1).target()).endsWith("&X-Amz-Signature=two");
  }

  @Test
  void whatWasGivenUpIsTriedAgainAtOnce_whenItsEntryIsEdited() {
    Content content = content(1000);
    Entry entry = serve("corrected.bin", content).with("every", "1d");
    origin.script("/corrected.bin", new Status(400));
    flow.add(signed(entry, "one"));
    assertFailed(flow.awaitEnd("corrected.bin", 1), FailureCode.CLIENT_ERROR);

    flow.add(signed(entry, "one").with("rate", "1MiB"));
    Content other = content(1000);
    assertLanded(flow.fetch(serve("polled-since.bin", other)), other);
    assertThat(requests("corrected.bin")).as("what is asked for is the same").hasSize(1);
    flow.add(signed(entry, "two"));

    assertLanded(flow.awaitEnd("corrected.bin", 2), content);
    assertThat(requests("corrected.bin").get(1).target()).endsWith("&X-Amz-Signature=two");
  }

  @Test
  void whatIsNotThereIsNotAskedForAgain_becauseItsUrlIsSignedAnew() {
    Entry entry = serve("missing.bin", content(1000)).with("every", "1d");
    origin.script("/missing.bin", new Status(404));
    flow.add(signed(entry, "one"));
    assertFailed(flow.awaitEnd("missing.bin", 1), FailureCode.NOT_FOUND);

    flow.add(signed(entry, "two"));
    Content other = content(1000);
    assertLanded(flow.fetch(serve("polled-after.bin", other)), other);

    assertThat(requests("missing.bin")).hasSize(1);
  }

  @Test
  void whatWasEditedWhilePausedIsTriedAgain_whenItIsResumed_butNotWhatWasCancelledSince() {
    SourcesMXBean sources = Flow.bean(SourcesMXBean.NAME, SourcesMXBean.class);
    Entry entry = serve("paused.bin", content(1000)).with("every", "1d");
    origin.script("/paused.bin", new Status(404));
    flow.add(entry);
    assertFailed(flow.awaitEnd("paused.bin", 1), FailureCode.NOT_FOUND);
    sources.pause("paused.bin");
    serve("elsewhere.bin", content(1000));
    origin.forever("/elsewhere.bin", Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(entry.with("url", "'" + origin.uri("/elsewhere.bin") + "'"));
    Content other = content(1000);
    assertLanded(flow.fetch(serve("while-paused.bin", other)), other);
    assertThat(requests("elsewhere.bin")).isEmpty();

    sources.resume("paused.bin");

    flow.awaitState("paused.bin", TransferState.RETRYING);
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel("paused.bin");
    assertThat(flow.awaitEnd("paused.bin", 2).state()).isEqualTo(TransferState.CANCELLED);
    assertLanded(flow.fetch(serve("after-cancel.bin", other)), other);
    assertThat(requests("elsewhere.bin")).hasSize(1);
  }

  @Test
  void waitForRoomEnds_whenTheListNamesASmallerFile() {
    Content small = content(1000);
    Entry huge = serve("huge.bin", content(1L << 50));
    flow.add(huge);
    assertThat(flow.awaitState("huge.bin", TransferState.RETRYING).code())
        .isEqualTo(FailureCode.DISK_FULL);
    serve("small.bin", small);

    flow.add(huge.with("url", "'" + origin.uri("/small.bin") + "'"));

    assertLanded(flow.awaitEnd("huge.bin", 1), small);
  }

  @Test
  void longWaitGoesOn_whenOnlyScheduleRateAndTargetAreEdited() {
    Entry obedient = serve("obedient.bin", content(1000));
    origin.forever("/obedient.bin", Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(obedient);
    flow.awaitState("obedient.bin", TransferState.RETRYING);

    flow.add(obedient.with("every", "2h").with("rate", "1MiB").to("elsewhere.bin"));

    Content other = content(1000);
    assertLanded(flow.fetch(serve("after-the-edit.bin", other)), other);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Flow.LIMIT)
        .until(() -> requests("obedient.bin").size() == 1);
    flow.remove("obedient.bin");
  }

  @Test
  void transferEnds_whenItsSourceLeavesTheListBetweenTwoAttempts() {
    Entry entry = serve("failing.bin", content(1000));
    origin.forever("/failing.bin", new Status(500));
    flow.add(entry);
    flow.awaitState("failing.bin", TransferState.RETRYING);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Level level = EVENTS.getLevel();
    EVENTS.setLevel(Level.INFO);
    EVENTS.addAppender(log);

    flow.remove("failing.bin");

    try {
      assertCancelled(flow.awaitEnd("failing.bin", 1));
    } finally {
      EVENTS.detachAppender(log);
      EVENTS.setLevel(level);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.startsWith("state=cancelled"))
        .singleElement()
        .asString()
        .endsWith(" reason=\"the source left the list\"")
        .doesNotContain("code=", "remedy=");
  }

  @Test
  void sourceThatComesBackIsDueAtOnce_whenItLeftInTheMiddle() {
    Content content = content(1000);
    Entry entry = serve("returning.bin", content);
    origin.forever("/returning.bin", new Status(500));
    flow.add(entry);
    flow.awaitState("returning.bin", TransferState.RETRYING);
    flow.remove("returning.bin");
    assertCancelled(flow.awaitEnd("returning.bin", 1));
    origin.clearScript("/returning.bin");

    flow.add(entry);

    assertLanded(flow.awaitEnd("returning.bin", 2), content);
  }

  @Test
  void transferWhoseSourceLeftWhileItWaitedSaysSo_andIsNotRetried() {
    Entry entry = serve("waiting.bin", content(1000));
    origin.script("/waiting.bin", Status.retryAfter(503, Duration.ofSeconds(4)));
    flow.add(entry);
    flow.awaitState("waiting.bin", TransferState.RETRYING);

    flow.remove("waiting.bin");

    Change retried = Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).retry("waiting.bin");
    assertThat(retried.changed()).isZero();
    assertThat(retried.left())
        .containsExactly(
            "waiting.bin: its source waiting.bin has left the source list; it ends instead of its next"
                + " attempt");
    assertCancelled(flow.awaitEnd("waiting.bin", 1));
    assertThat(requests("waiting.bin")).hasSize(1);
  }

  @Test
  void sourceThatLeavesTheListKeepsItsRate_untilItsTransferHasEnded() {
    Content content = content(3 * RATE);
    flow.add(serve("slow.bin", content).with("rate", String.valueOf(RATE)));
    flow.awaitReceived("slow.bin", 1);

    flow.remove("slow.bin");

    SourcesMXBean sources = Flow.bean(SourcesMXBean.NAME, SourcesMXBean.class);
    await().atMost(Flow.LIMIT).until(() -> sources.get("slow.bin") == null);
    assertThat(flow.ends("slow.bin")).as("still under way").isEmpty();
    assertThat(rates()).containsEntry("slow.bin", (long) RATE);
    assertLanded(flow.awaitEnd("slow.bin", 1), content);
    await().atMost(Flow.LIMIT).until(() -> !rates().containsKey("slow.bin"));
  }

  private static Map<String, Long> rates() {
    return Flow.bean(LimitsMXBean.NAME, LimitsMXBean.class).getSourceBytesPerSecond();
  }

  private void assertCancelled(TransferEvent end) {
    assertThat(end.state()).isEqualTo(TransferState.CANCELLED);
    assertThat(end.code()).isNull();
    assertThat(end.reason()).isEqualTo("the source left the list");
    TransferRecord kept =
        flow.<TransferRecord>ledger(ledger -> ledger.transfer(end.transferId()).orElseThrow());
    assertThat(kept.code()).isNull();
  }
}
