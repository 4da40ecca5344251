package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is past its time is given up: a dead letter with what had arrived, and what nobody names.
 */
class PruneTest extends RunningFlow {

  private static final Duration PAST_THEIR_TIME = Duration.ofHours(2);

  private final JumpingClock clock = new JumpingClock();
  private Duration ahead = Duration.ZERO;

  @Override
  void prepare(Flow prepared) {
    prepared.goBy(clock);
  }

  @Override
  Map<String, String> settings() {
    return Map.of(
        "keep.failures", "1h", "keep.sources", "1h", "keep.interval", "1s", "poll.every", "365d");
  }

  @AfterEach
  void setTheClockRight() {
    clock.jump(ahead.negated());
    ahead = Duration.ZERO;
  }

  private void letItsTimePass() {
    clock.jump(PAST_THEIR_TIME);
    ahead = PAST_THEIR_TIME;
  }

  @Test
  void aDeadLetterAndItsPartFileAreKeptForAWhile_andThenGone() {
    Entry entry = serve("dead.bin", content(300_000));
    origin.script("/dead.bin", new CutAfter(100_000, false));
    origin.forever("/dead.bin", new Status(404));
    assertFailed(flow.fetch(entry), FailureCode.NOT_FOUND);
    assertThat(flow.staged("dead.bin")).hasSize(2);

    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> flow.staged("dead.bin").isEmpty());
    await()
        .atMost(Flow.LIMIT)
        .until(() -> flow.<Boolean>ledger(ledger -> ledger.failures().isEmpty()));
  }

  @Test
  void whatItsDeliveryLeftInTheLandingZoneGoesWithADeadLetter() throws IOException {
    origin.forever("/undelivered.bin", new Status(404));
    TransferEvent end = flow.fetch(Entry.of("undelivered.bin", origin.uri("/undelivered.bin")));
    Path left = leftBy(end);

    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> Files.notExists(left));
  }

  @Test
  void whatADeliveryLeftGoesToo_whenAnotherTransferHasLanded() throws IOException {
    Content content = content(1000);
    Entry entry = serve("better.bin", content);
    TransferEvent wrong = flow.fetch(entry.withDigestOf(content(1000)));
    assertFailed(wrong, FailureCode.DIGEST_MISMATCH);
    assertThat(flow.fetchAgain(entry.withDigestOf(content)).state())
        .isEqualTo(TransferState.LANDED);
    Path left = leftBy(wrong);

    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> Files.notExists(left));
    assertThat(flow.hasLanded("better.bin", content)).isTrue();
  }

  private Path leftBy(TransferEvent end) throws IOException {
    return Files.writeString(flow.landed("." + end.transferId() + ".landing"), "left");
  }

  @Test
  void whatACancelledTransferKeptGoesToo_onceItsSourceHasLeftTheList() {
    Entry entry = serve("left.bin", content(300_000));
    origin.script("/left.bin", new StallAfter(100_000));
    flow.add(entry);
    flow.awaitReceived("left.bin", 100_000);
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel("left.bin");
    assertThat(flow.awaitEnd("left.bin", 1).state()).isEqualTo(TransferState.CANCELLED);
    assertThat(flow.staged("left.bin")).hasSize(2);

    flow.remove("left.bin");
    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> flow.staged("left.bin").isEmpty());
  }

  @Test
  void whatWasKeptGoesToo_whenItsTransferWasCancelledWhileItWaited() {
    addWaiting("called-off.bin", Duration.ofMinutes(30));
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel("called-off.bin");
    assertThat(flow.awaitEnd("called-off.bin", 1).state()).isEqualTo(TransferState.CANCELLED);
    assertThat(flow.staged("called-off.bin")).hasSize(2);

    flow.remove("called-off.bin");
    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> flow.staged("called-off.bin").isEmpty());
  }

  @Test
  void whatWasKeptGoesToo_whenItsSourceLeftTheListWhileItWaited() {
    addWaiting("withdrawn.bin", Duration.ofSeconds(3));

    flow.remove("withdrawn.bin");

    assertThat(flow.awaitEnd("withdrawn.bin", 1).state()).isEqualTo(TransferState.CANCELLED);
    letItsTimePass();
    await().atMost(Flow.LIMIT).until(() -> flow.staged("withdrawn.bin").isEmpty());
  }

  @Test
  void whatIsKnownOfASourceIsForgotten_onceItHasLeftTheList() {
    Content content = content(1000);
    Entry left = serve("gone.bin", content);
    Entry stays = serve("stays.bin", content);
    assertLanded(flow.fetch(left), content);
    assertLanded(flow.fetch(stays), content);

    flow.remove("gone.bin");
    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> isKnown("gone.bin").equals(false));
    assertThat(isKnown("stays.bin")).isTrue();
    assertThat(flow.hasLanded("gone.bin", content)).isTrue();
    assertLanded(flow.fetchAgain(left), content);
  }

  private Boolean isKnown(String id) {
    return flow.ledger(ledger -> ledger.source(id).isPresent());
  }

  /** A transfer that has some bytes and is told to come again later. */
  private void addWaiting(String id, Duration retryAfter) {
    Entry entry = serve(id, content(300_000));
    origin.script("/" + id, new CutAfter(100_000, false));
    origin.forever("/" + id, Status.retryAfter(503, retryAfter));
    flow.add(entry);
    await()
        .atMost(Flow.LIMIT)
        .until(() -> flow.failures(id).contains(String.valueOf(FailureCode.SERVICE_UNAVAILABLE)));
    assertThat(flow.staged(id)).hasSize(2);
  }

  @Test
  void whatWasKeptGoesToo_whenItsDeadLetterWasDiscarded() {
    Entry entry = serve("discarded.bin", content(300_000));
    origin.script("/discarded.bin", new CutAfter(100_000, false));
    origin.forever("/discarded.bin", new Status(404));
    assertFailed(flow.fetch(entry), FailureCode.NOT_FOUND);
    assertThat(
            Flow.bean(FailuresMXBean.NAME, FailuresMXBean.class).discard("discarded.bin").changed())
        .isEqualTo(1);
    assertThat(flow.staged("discarded.bin")).hasSize(2);

    flow.remove("discarded.bin");
    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> flow.staged("discarded.bin").isEmpty());
  }

  @Test
  void whatWasRejectedGoesAfterAWhile_whenItsSourceHasLandedSince() {
    Entry wrong = serve("mended.bin", content(1000)).withDigestOf(content(1000));
    assertFailed(flow.fetch(wrong), FailureCode.DIGEST_MISMATCH);
    Content content = content(1000);
    assertThat(flow.fetchAgain(serve("mended.bin", content).withDigestOf(content)).state())
        .isEqualTo(TransferState.LANDED);
    assertThat(flow.staged("mended.bin")).hasSize(2).allMatch(name -> name.contains(".rejected"));

    letItsTimePass();

    await().atMost(Flow.LIMIT).until(() -> flow.staged("mended.bin").isEmpty());
    assertThat(flow.hasLanded("mended.bin", content)).isTrue();
  }
}
