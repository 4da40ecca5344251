package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dead letter stays on the list until its source is well again, and can be replayed. */
class LedgerDeadLetterTest extends LedgerTestBase {

  @Test
  void listsTheNewestDeadLetterOfEachSource_lastFailedFirst() {
    failed("a");
    clock.advance(Duration.ofMinutes(1));
    TransferRecord b = failed("b");
    clock.advance(Duration.ofMinutes(1));
    TransferRecord a = failed("a");
    landed("c");

    assertThat(ledger.failures()).containsExactly(a, b);
  }

  @ParameterizedTest
  @EnumSource(names = {"LANDED", "UNCHANGED"})
  void takesADeadLetterOffTheList_whenALaterTransferEndsWell(TransferState good) {
    TransferRecord dead = failed("s");
    enqueued("other");
    inState("s", good);

    assertThat(ledger.failures()).isEmpty();
    assertThat(ledger.transfer(dead.id())).contains(dead);
  }

  @Test
  void staysOffTheList_whenTheUnchangedTransferIsReplaced() {
    failed("s");
    unchanged("s");
    enqueued("s");

    assertThat(ledger.failures()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "RUNNING", "RETRYING", "CANCELLED"})
  void keepsADeadLetterOnTheList_whileNothingIsResolved(TransferState later) {
    TransferRecord dead = failed("s");
    inState("s", later);

    assertThat(ledger.failures()).containsExactly(dead);
  }

  @Test
  void replaysWithItsPartFileAndNoFailedAttempts() {
    TransferRecord running = running("s");
    TransferRecord received =
        ledger.advance(
            running,
            running
                .withVersionOfSource(new Validators("\"a\"", null), OptionalLong.of(9))
                .withPartFile("p")
                .withBytes(5, 5));
    TransferRecord dead = ledger.advance(received, received.failed(FailureCode.NOT_FOUND, "404"));

    TransferRecord again = ledger.replay(dead.id());

    assertThat(again.state()).isEqualTo(TransferState.QUEUED);
    assertThat(again.attempts()).isZero();
    assertThat(again.code()).isNull();
    assertThat(again.reason()).isNull();
    assertThat(again.endedAt()).isNull();
    assertThat(again.partFile()).isEqualTo("p");
    assertThat(again.receivedBytes()).isEqualTo(5);
    assertThat(again.validators()).isEqualTo(new Validators("\"a\"", null));
    assertThat(ledger.failures()).isEmpty();
    assertThat(ledger.claim(again.id(), "w")).isPresent();
  }

  @Test
  void comesBackToTheList_whenAReplayOfASupersededOneFails() {
    TransferRecord old = failed("s");
    unchanged("s");
    TransferRecord again = ledger.claim(ledger.replay(old.id()).id(), "w").orElseThrow();
    TransferRecord dead = ledger.advance(again, again.failed(FailureCode.GONE, "410"));

    assertThat(ledger.failures()).containsExactly(dead);
  }

  @Test
  void replaysWhatWasCancelled() {
    TransferRecord cancelled = inState("s", TransferState.CANCELLED);

    assertThat(ledger.replay(cancelled.id()).state()).isEqualTo(TransferState.QUEUED);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAILED", "CANCELLED"})
  void refusesToReplayAnythingElse(TransferState state) {
    TransferRecord transfer = inState("s", state);

    assertThatThrownBy(() -> ledger.replay(transfer.id()))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining("found " + state);
    assertThat(ledger.transfer(transfer.id())).contains(transfer);
  }

  @Test
  void refusesToReplay_whileTheSourceHasAnActiveTransfer() {
    TransferRecord dead = failed("s");
    TransferRecord active = enqueued("s");

    assertThatThrownBy(() -> ledger.replay(dead.id()))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining(active.id());
    assertThat(ledger.failures()).containsExactly(dead);
  }

  @Test
  void refusesToReplayWhatItDoesNotKnow() {
    assertThatThrownBy(() -> ledger.replay("nope")).hasMessageContaining("nope");
  }

  @Test
  void prunesOldTransfers_butNeitherTheNewestNorOpenDeadLetters() {
    String poll = ledger.beginPoll();
    TransferRecord dead = failed("a");
    TransferRecord old = ledger.enqueue("b", "b.bin", poll).orElseThrow();
    ledger.recordAttempt(AttemptRecord.started(old.id(), 1, clock.instant(), "http://h/", 0));
    old = ledger.advance(old, old.cancelled("x"));
    TransferRecord newest = landed("b");
    TransferRecord queued = enqueued("a");
    clock.advance(Duration.ofDays(30));

    assertThat(ledger.prune(clock.instant().minus(Duration.ofDays(31)))).isZero();
    assertThat(ledger.prune(clock.instant())).isEqualTo(1);

    assertThat(ledger.transfer(old.id())).isEmpty();
    assertThat(ledger.attempts(old.id())).isEmpty();
    assertThat(ledger.poll(poll)).isEmpty();
    assertThat(ledger.transfer(dead.id())).contains(dead);
    assertThat(ledger.transfer(newest.id())).contains(newest);
    assertThat(ledger.transfer(queued.id())).contains(queued);
  }

  @Test
  void prunesSupersededDeadLetters() {
    TransferRecord dead = failed("s");
    landed("s");
    clock.advance(Duration.ofDays(1));

    assertThat(ledger.prune(clock.instant())).isEqualTo(1);
    assertThat(ledger.transfer(dead.id())).isEmpty();
  }

  @Test
  void remembersWhatARefusingOneRefuses_whateverFailsOrIsPrunedAfterIt() {
    TransferRecord refusing = refusing("s", Duration.ofDays(2));
    failed("s");
    clock.advance(Duration.ofDays(1));

    assertThat(ledger.prune(clock.instant())).isZero();
    assertThat(ledger.refusing("s", "asked", Duration.ofDays(2)).orElseThrow().id())
        .isEqualTo(refusing.id());
    assertThat(ledger.refusing("s", "otherwise", Duration.ofDays(2))).isEmpty();
    assertThat(ledger.refusing("other", "asked", Duration.ofDays(2))).isEmpty();
    clock.advance(Duration.ofDays(1));
    assertThat(ledger.refusing("s", "asked", Duration.ofDays(2))).isEmpty();
    assertThat(ledger.prune(clock.instant())).isEqualTo(1);
  }

  @Test
  void oneThatIsNoLongerKeptRefusesOn_oneThatIsDiscardedDoesNot() {
    OperatorLedger operators = ledger.forOperators();
    TransferRecord letter = refusing("s", Duration.ofDays(1));

    assertThat(operators.prune(letter)).isTrue();
    assertThat(ledger.failures()).isEmpty();
    assertThat(ledger.refusing("s", "asked", Duration.ofDays(2))).isPresent();

    TransferRecord last = failed("s");
    assertThat(operators.discard(last)).isTrue();
    assertThat(ledger.refusing("s", "asked", Duration.ofDays(2))).isEmpty();
  }

  @Test
  void nothingIsRefusedAfterAReplayOrAGoodEnd() {
    ledger.replay(refusing("replayed", Duration.ofDays(1)).id());
    refusing("landed", Duration.ofDays(1));
    landed("landed");

    assertThat(ledger.refusing("replayed", "asked", Duration.ofDays(2))).isEmpty();
    assertThat(ledger.refusing("landed", "asked", Duration.ofDays(2))).isEmpty();
  }

  @Test
  void tellsWhatWasAskedForByTheSourcesOfOpenDeadLettersAlone() {
    for (String id : List.of("open", "replaced", "of an older program")) {
      TransferRecord running = running(id);
      TransferRecord dead = running.failed(FailureCode.NOT_FOUND, "404");
      boolean isKnown = !id.startsWith("of");
      ledger.advance(running, isKnown ? dead.withAsked("for " + id) : dead);
    }
    landed("replaced");
    assertThat(ledger.askedByFailed()).isEqualTo(Map.of("open", "for open"));

    clock.advance(Duration.ofSeconds(1));
    TransferRecord revived = running("open");
    ledger.cancelled(revived, revived.cancelled("by an operator"));

    assertThat(ledger.askedByFailed()).as("polled since").isEmpty();
  }

  private TransferRecord refusing(String source, Duration time) {
    TransferRecord running = running(source);
    return ledger.advance(
        running,
        running
            .failed(FailureCode.DIGEST_MISMATCH, "wrong")
            .withAsked("asked")
            .refusing(clock.instant().plus(time)));
  }
}
