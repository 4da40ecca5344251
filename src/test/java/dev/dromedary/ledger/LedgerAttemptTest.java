package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Attempts are kept by number, from their start to their end. */
class LedgerAttemptTest extends LedgerTestBase {

  @Test
  void replacesTheStartOfAnAttemptByItsEnd() {
    String id = running("s").id();
    AttemptRecord first = AttemptRecord.started(id, 1, clock.instant(), "http://h/a", 0);
    ledger.recordAttempt(first);
    assertThat(ledger.attempts(id)).containsExactly(first);
    clock.advance(Duration.ofSeconds(9));
    AttemptRecord broken =
        first.failed(
            clock.instant(), OptionalInt.of(200), 500, FailureCode.CONNECTION_LOST, "reset");
    AttemptRecord second =
        AttemptRecord.started(id, 2, clock.instant(), "http://h/a", 500)
            .failed(clock.instant(), OptionalInt.empty(), 500, FailureCode.STALLED, "silent");
    ledger.recordAttempt(second);
    ledger.recordAttempt(broken);

    assertThat(ledger.attempts(id)).containsExactly(broken, second);
  }

  @Test
  void numbersAttemptsThroughReplays() {
    TransferRecord failed = failed("s");
    assertThat(ledger.nextAttemptNumber(failed.id())).isEqualTo(1);
    ledger.recordAttempt(AttemptRecord.started(failed.id(), 1, clock.instant(), "http://h/", 0));
    ledger.replay(failed.id());

    assertThat(ledger.nextAttemptNumber(failed.id())).isEqualTo(2);
  }

  @Test
  void refusesAnAttemptOfNoTransfer() {
    assertThatThrownBy(
            () ->
                ledger.recordAttempt(
                    AttemptRecord.started("nope", 1, clock.instant(), "http://h/", 0)))
        .isInstanceOf(DromedaryException.class)
        .hasMessageContaining("breaks its rules");
  }
}
