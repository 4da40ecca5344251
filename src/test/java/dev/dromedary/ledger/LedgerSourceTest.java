package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source has at most one active transfer, and its row tells how the last one ended. */
class LedgerSourceTest extends LedgerTestBase {

  @Test
  void enqueuesOnce_whileATransferIsActive() {
    TransferRecord first = enqueued("s");

    assertThat(ledger.enqueue("s", "s.bin", null)).isEmpty();
    assertThat(ledger.active()).containsExactly(first);
    assertThat(ledger.activeOf("s")).contains(first);
    assertThat(ledger.activeOf("other")).isEmpty();
  }

  @Test
  void enqueuesAgain_whenTheLastTransferHasEnded() {
    landed("s");

    assertThat(ledger.enqueue("s", "s.bin", null)).isPresent();
  }

  @Test
  void countsASourceAsPolledWhenItIsEnqueued_notWhenItIsBusy() {
    Instant first = clock.instant();
    enqueued("a");
    clock.advance(Duration.ofHours(1));
    enqueued("b");
    assertThat(ledger.enqueue("a", "a.bin", null)).isEmpty();

    assertThat(ledger.lastPolled())
        .isEqualTo(Map.of("a", first, "b", first.plus(Duration.ofHours(1))));
  }

  @Test
  void countsASourceAsPolledNow_whenItWasPolledByAClockThatWasAhead() {
    landed("long ago");
    Instant first = clock.instant();
    clock.advance(Duration.ofHours(1));
    landed("just now");
    Instant second = clock.instant();
    clock.advance(Duration.ofHours(2));
    landed("ahead");
    clock.advance(Duration.ofHours(-2).minusSeconds(5));

    assertThat(ledger.followClock(Duration.ofSeconds(5))).isEqualTo(1);
    assertThat(ledger.lastPolled())
        .isEqualTo(Map.of("long ago", first, "just now", second, "ahead", clock.instant()));
    assertThat(ledger.followClock(Duration.ofSeconds(5))).isZero();
  }

  @Test
  void enqueuesNothing_whenTheSourceWasPolledSinceItWasFoundDue() {
    String poll = ledger.beginPoll();
    TransferRecord waiting = running("s");
    Instant seen = ledger.lastPolled().get("s");
    clock.advance(Duration.ofHours(2));
    ledger.cancelled(waiting, waiting.cancelled("by an operator"));

    assertThat(ledger.enqueueDue("s", "s.bin", poll, seen)).isEmpty();
    assertThat(ledger.active()).isEmpty();
    assertThat(ledger.enqueueDue("s", "s.bin", poll, clock.instant())).isPresent();
    assertThat(ledger.enqueueDue("new", "new.bin", poll, null)).isPresent();
  }

  @Test
  void enqueuesNothing_whenTheSourceWasPausedSinceItWasFoundDue() {
    String poll = ledger.beginPoll();
    ledger.forOperators().pause(List.of("s"));
    assertThat(ledger.enqueueDue("s", "s.bin", poll, null)).isEmpty();
    assertThat(ledger.active()).isEmpty();

    ledger.forOperators().resume(List.of("s"));
    assertThat(ledger.enqueueDue("s", "s.bin", poll, null)).isPresent();
  }

  @Test
  void countsASourceAsPolledWhenItsTransferIsCancelledByHand_asNeverPolledWhenItLeft() {
    Instant begun = clock.instant();
    TransferRecord stopped = running("stopped");
    TransferRecord left = running("left");
    clock.advance(Duration.ofHours(2));

    TransferRecord ended = ledger.cancelled(stopped, stopped.cancelled("by an operator"));
    ledger.left(left, left.cancelled("the source left the list"));

    assertThat(ended.state()).isEqualTo(TransferState.CANCELLED);
    assertThat(ledger.lastPolled()).isEqualTo(Map.of("stopped", begun.plus(Duration.ofHours(2))));
    assertThat(ledger.source("stopped").orElseThrow().lastOutcome())
        .isEqualTo(TransferState.CANCELLED);
  }

  @Test
  void sourceIsIdleSinceTheLastOfItsTransfersEnded_howeverItDid() {
    landed("idle");
    failed("idle");
    failed("busy");
    running("busy");
    clock.advance(Duration.ofHours(1));
    Instant later = clock.instant();
    landed("later");

    assertThat(ledger.forOperators().idleSince(later)).containsExactly("idle");
    assertThat(ledger.forOperators().idleSince(later.plusMillis(1)))
        .containsExactly("idle", "later");
  }

  @Test
  void doesNotGrowWhilePollsFindNothingNew() {
    TransferRecord landed = landed("s");
    TransferRecord last = landed;
    for (int i = 0; i < 5; i++) {
      String poll = ledger.beginPoll();
      last = ledger.enqueue("s", "s.bin", poll).orElseThrow();
      ledger.recordAttempt(AttemptRecord.started(last.id(), 1, clock.instant(), "http://h/", 0));
      last = ledger.claim(last.id(), "w").orElseThrow();
      last = ledger.advance(last, last.withState(TransferState.UNCHANGED));
      assertThat(ledger.ofPoll(poll)).containsExactly(last);
    }
    assertThat(ledger.prune(clock.instant().plusMillis(1))).isEqualTo(1);
    assertThat(ledger.transfer(landed.id())).isEmpty();
    assertThat(ledger.transfer(last.id())).contains(last);
  }

  @Test
  void remembersWhatLanded() {
    TransferRecord landed = landed("s");

    SourceRecord source = ledger.source("s").orElseThrow();
    assertThat(source.landed()).isEqualTo(LANDED_FILE);
    assertThat(source.landedAt()).isEqualTo(clock.instant());
    assertThat(source.landedBy()).isEqualTo(landed.id());
    assertThat(source.lastOutcome()).isEqualTo(TransferState.LANDED);
  }

  @Test
  void remembersAFileThatLandedOutsideAFileSystem() {
    LandedFile object =
        new LandedFile("s3://b/k", new FileStamp(1, null, null), Validators.NONE, null, null);
    ledger.landed(delivering("s"), object);

    assertThat(ledger.source("s").orElseThrow().landed()).isEqualTo(object);
  }

  @Test
  void keepsWhatLanded_whenLaterTransfersEndOtherwise() {
    landed("s");
    unchanged("s");
    failed("s");

    assertThat(ledger.source("s").orElseThrow().landed()).isEqualTo(LANDED_FILE);
  }

  @Test
  void forgetsWhatLanded_andNothingElse() {
    landed("s");
    ledger.forgetLanded("s");

    SourceRecord source = ledger.source("s").orElseThrow();
    assertThat(source.landed()).isNull();
    assertThat(source.landedAt()).isNull();
    assertThat(source.landedBy()).isNull();
    assertThat(source.lastOutcome()).isEqualTo(TransferState.LANDED);
    assertThat(source.lastPolledAt()).isNotNull();
  }

  @Test
  void countsFailuresInARow() {
    failed("s");
    failed("s");
    step(running("s"), TransferState.CANCELLED);

    SourceRecord cancelled = ledger.source("s").orElseThrow();
    assertThat(cancelled.consecutiveFailures()).isEqualTo(2);
    assertThat(cancelled.lastOutcome()).isEqualTo(TransferState.CANCELLED);

    failed("s");
    SourceRecord failed = ledger.source("s").orElseThrow();
    assertThat(failed.consecutiveFailures()).isEqualTo(3);
    assertThat(failed.lastCode()).isEqualTo(FailureCode.NOT_FOUND);
    assertThat(failed.lastReason()).isEqualTo("404");

    unchanged("s");
    SourceRecord unchanged = ledger.source("s").orElseThrow();
    assertThat(unchanged.consecutiveFailures()).isZero();
    assertThat(unchanged.lastCode()).isNull();
    assertThat(unchanged.lastReason()).isNull();
  }

  @Test
  void forgetsTheFailuresOfATransferThatLandsAfterAll() {
    TransferRecord running = running("s");
    TransferRecord retrying =
        ledger.advance(running, running.retrying(FailureCode.STALLED, "slow", null, null));
    TransferRecord again = ledger.claim(retrying.id(), "w").orElseThrow();
    assertThat(again.code()).isEqualTo(FailureCode.STALLED);
    TransferRecord verifying = ledger.advance(again, again.withState(TransferState.VERIFYING));
    TransferRecord delivering =
        ledger.advance(verifying, verifying.delivering(STAMP, "asked", null));
    TransferRecord landed = ledger.landed(delivering, LANDED_FILE);

    assertThat(landed.code()).isNull();
    assertThat(landed.attempts()).isEqualTo(1);
    assertThat(ledger.source("s").orElseThrow().lastCode()).isNull();
  }

  @Test
  void recordsAPollFromBeginToEnd() {
    String poll = ledger.beginPoll();
    Instant began = clock.instant();
    assertThat(ledger.poll(poll).orElseThrow().finishedAt()).isNull();
    clock.advance(Duration.ofSeconds(3));
    TransferRecord transfer = ledger.enqueue("s", "s.bin", poll).orElseThrow();
    ledger.endPoll(poll, 1);

    PollRecord record = ledger.poll(poll).orElseThrow();
    assertThat(record.startedAt()).isEqualTo(began);
    assertThat(record.finishedAt()).isEqualTo(began.plusSeconds(3));
    assertThat(record.due()).hasValue(1);
    assertThat(ledger.ofPoll(poll)).containsExactly(transfer);
  }

  @Test
  void refusesAPollThatNeverBegan() {
    assertThatThrownBy(() -> ledger.endPoll("nope", 0)).hasMessageContaining("nope");
    assertThatThrownBy(() -> ledger.enqueue("s", "s.bin", "nope"))
        .isInstanceOf(DromedaryException.class);
    assertThat(ledger.source("s")).isEmpty();
  }
}
