package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A transition is stored exactly when the vocabulary allows it and the caller's view is current.
 */
class LedgerTransitionTest extends LedgerTestBase {

  @Test
  void waitsFromNowOn_whenAClockThatWasAheadToldItToWait() {
    Instant inTime = waiting("in time");
    clock.advance(Duration.ofHours(2));
    waiting("ahead");
    clock.advance(Duration.ofHours(-2));

    assertThat(ledger.followClock(Duration.ofSeconds(5))).as("a source and its wait").isEqualTo(2);
    assertThat(ledger.activeOf("ahead").orElseThrow().nextAttemptAt())
        .isEqualTo(clock.instant().plusSeconds(30));
    assertThat(ledger.activeOf("in time").orElseThrow().nextAttemptAt()).isEqualTo(inTime);
    assertThat(ledger.recover()).hasSize(2);
    assertThat(ledger.followClock(Duration.ofSeconds(5))).isZero();
  }

  private Instant waiting(String source) {
    Instant next = clock.instant().plusSeconds(30);
    TransferRecord running = running(source);
    ledger.advance(running, running.retrying(FailureCode.SERVER_ERROR, "500", next, null));
    return next;
  }

  @TestFactory
  Stream<DynamicTest> storesEveryLegalTransition_andRefusesEveryOther() {
    return Arrays.stream(TransferState.values())
        .flatMap(
            from ->
                Arrays.stream(TransferState.values())
                    .map(to -> dynamicTest(from + " to " + to, () -> storesOrRefuses(from, to))));
  }

  private void storesOrRefuses(TransferState from, TransferState to) {
    TransferRecord before = inState(from + "-" + to, from);
    boolean sameFacts = from == to && !from.isTerminal();

    if (from.canBecome(to) || sameFacts) {
      TransferRecord after = step(before, to);
      assertThat(after.state()).isEqualTo(to);
      assertThat(after.version()).isEqualTo(before.version() + 1);
      assertThat(after.endedAt() != null).isEqualTo(to.isTerminal());
      assertThat(ledger.transfer(before.id())).contains(after);
    } else {
      assertThatThrownBy(() -> step(before, to))
          .isInstanceOfSatisfying(
              DromedaryException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.BUG_FOUND))
          .hasMessageContaining(before.id());
      assertThat(ledger.transfer(before.id())).contains(before);
    }
  }

  @Test
  void landsOnlyWithItsFile() {
    TransferRecord delivering = delivering("s");

    assertThatThrownBy(() -> ledger.advance(delivering, delivering.withState(TransferState.LANDED)))
        .hasMessageContaining("landed file");
    assertThat(ledger.transfer(delivering.id())).contains(delivering);
  }

  @Test
  void refusesAnOutdatedView_andSaysWhatItFound() {
    TransferRecord stale = running("s");
    TransferRecord current = ledger.advance(stale, stale.withBytes(1, 1));

    assertThatThrownBy(() -> ledger.advance(stale, stale.withBytes(2, 2)))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining("expected RUNNING version 1, found RUNNING version 2");
    assertThat(ledger.transfer(stale.id())).contains(current);
  }

  @Test
  void refusesAViewOfAnotherState() {
    TransferRecord stale = running("s");
    ledger.advance(stale, stale.cancelled("by an operator"));

    assertThatThrownBy(() -> ledger.advance(stale, stale.withState(TransferState.VERIFYING)))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining("found CANCELLED version 2");
  }

  @Test
  void refusesATransferThatIsGone() {
    TransferRecord gone = failed("t");
    unchanged("t");
    clock.advance(Duration.ofDays(1));
    assertThat(ledger.prune(clock.instant())).isEqualTo(1);

    assertThatThrownBy(() -> ledger.advance(gone, gone.withState(TransferState.QUEUED)))
        .isInstanceOf(LedgerConflictException.class)
        .hasMessageContaining("expected FAILED version 2, found none");
  }

  @Test
  void keepsEveryFact() {
    TransferRecord running = running("s");
    Instant later = clock.instant().plus(Duration.ofMinutes(5));
    TransferRecord facts =
        running
            .withVersionOfSource(
                new Validators("W/\"é\"", "yesterday", "r1"), OptionalLong.of(1L << 41))
            .withPartFile("parts/s.part")
            .withBytes(1L << 40, 1L << 41);

    TransferRecord stored = ledger.advance(running, facts);
    TransferRecord retrying =
        ledger.advance(
            stored, stored.retrying(FailureCode.STALLED, "no byte for 30s", later, "asked"));

    assertThat(retrying.validators()).isEqualTo(new Validators("W/\"é\"", "yesterday", "r1"));
    assertThat(retrying.lengthBytes()).hasValue(1L << 41);
    assertThat(retrying.partFile()).isEqualTo("parts/s.part");
    assertThat(retrying.receivedBytes()).isEqualTo(1L << 40);
    assertThat(retrying.fetchedBytes()).isEqualTo(1L << 41);
    assertThat(retrying.code()).isEqualTo(FailureCode.STALLED);
    assertThat(retrying.reason()).isEqualTo("no byte for 30s");
    assertThat(retrying.nextAttemptAt()).isEqualTo(later);
    assertThat(retrying.asked()).isEqualTo("asked");
    assertThat(retrying.worker()).isNull();
    assertThat(retrying.attempts()).isEqualTo(1);
    assertThat(ledger.transfer(running.id())).contains(retrying);
  }

  @Test
  void keepsTheFileBeingDeliveredToTheNanosecond() {
    TransferRecord delivering = delivering("s");

    assertThat(delivering.delivering()).isEqualTo(STAMP);
    assertThat(delivering.verifiedBy()).isEqualTo("sha-256");
  }

  @Test
  void startsOverWithoutWhatBelongsToTheOldVersion() {
    TransferRecord running = running("s");
    TransferRecord stored =
        ledger.advance(
            running,
            running
                .withVersionOfSource(new Validators("\"a\"", null), OptionalLong.of(10))
                .withPartFile("p")
                .withBytes(5, 7));

    TransferRecord fresh = ledger.advance(stored, stored.startedOver());

    assertThat(fresh.validators().isNone()).isTrue();
    assertThat(fresh.lengthBytes()).isEmpty();
    assertThat(fresh.receivedBytes()).isZero();
    assertThat(fresh.partFile()).isNull();
    assertThat(fresh.fetchedBytes()).isEqualTo(7);
  }

  @Test
  void writesThoughItsThreadIsInterrupted() {
    TransferRecord running = running("s");
    Thread.currentThread().interrupt();
    try {
      TransferRecord queued = ledger.advance(running, running.withState(TransferState.QUEUED));
      assertThat(queued.state()).isEqualTo(TransferState.QUEUED);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }
}
