package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** I1, I2: what is recorded is there after a crash, and half of a change never is. */
class LedgerCrashTest extends LedgerTestBase {

  @Test
  void findsWhatWasCommitted_whenNothingWasClosed() throws IOException {
    TransferRecord landed = landed("a");
    TransferRecord running = running("b");
    SourceRecord source = ledger.source("a").orElseThrow();

    try (Ledger after = Ledger.open(asLeftByAKill(), clock, new Random(9))) {
      assertThat(after.transfer(landed.id())).contains(landed);
      assertThat(after.transfer(running.id())).contains(running);
      assertThat(after.source("a")).contains(source);
    }
  }

  @Test
  void queuesAgainWhatWasUnderWay_andNothingElse() {
    TransferRecord queued = enqueued("queued");
    TransferRecord running = running("running");
    TransferRecord retrying = running("retrying");
    Instant due = clock.instant();
    ledger.advance(retrying, retrying.retrying(FailureCode.TOO_MANY_REQUESTS, "429", due, null));
    TransferRecord verifying = inState("verifying", TransferState.VERIFYING);
    TransferRecord delivering = delivering("delivering");
    TransferRecord landed = landed("landed");
    TransferRecord failed = failed("failed");
    TransferRecord unchanged = unchanged("unchanged");
    TransferRecord cancelled = inState("cancelled", TransferState.CANCELLED);

    assertThat(ledger.recover())
        .extracting(TransferRecord::id)
        .containsExactly(queued.id(), running.id(), retrying.id(), verifying.id(), delivering.id());

    assertThat(ledger.active())
        .allSatisfy(
            transfer -> {
              assertThat(transfer.state()).isEqualTo(TransferState.QUEUED);
              assertThat(transfer.worker()).isNull();
            });
    assertThat(ledger.transfer(queued.id())).contains(queued);
    assertThat(ledger.activeOf("delivering").orElseThrow().delivering()).isEqualTo(STAMP);
    assertThat(ledger.activeOf("retrying").orElseThrow().nextAttemptAt()).isEqualTo(due);
    assertThat(ledger.activeOf("retrying").orElseThrow().attempts()).isEqualTo(1);
    for (TransferRecord ended : new TransferRecord[] {landed, failed, unchanged, cancelled}) {
      assertThat(ledger.transfer(ended.id())).contains(ended);
    }
  }

  @Test
  void leavesWhatWaitsForATimeToComeAsItIs() {
    TransferRecord running = running("waiting");
    Instant later = clock.instant().plusSeconds(60);
    TransferRecord waiting =
        ledger.advance(
            running, running.retrying(FailureCode.TOO_MANY_REQUESTS, "429", later, "asked"));

    assertThat(ledger.recover()).containsExactly(waiting);
    assertThat(ledger.claim(waiting.id(), "another").orElseThrow().attempts()).isEqualTo(1);
  }

  @Test
  void refusesTheFormerProcess_afterTheRecovery() {
    TransferRecord before = running("s");
    ledger.recover();

    assertThatThrownBy(() -> ledger.advance(before, before.withState(TransferState.VERIFYING)))
        .isInstanceOf(LedgerConflictException.class);
  }

  @Test
  void recordsNothing_whenTheSecondHalfOfLandingFails() throws SQLException {
    TransferRecord dead = failed("s");
    TransferRecord delivering = delivering("s");
    SourceRecord source = ledger.source("s").orElseThrow();
    breakOn("UPDATE OF landed_path ON source");

    assertThatThrownBy(() -> ledger.landed(delivering, LANDED_FILE))
        .isInstanceOf(DromedaryException.class);

    assertThat(ledger.transfer(delivering.id())).contains(delivering);
    assertThat(ledger.source("s")).contains(source);
    assertThat(ledger.failures()).containsExactly(dead);
  }

  @Test
  void recordsNothing_whenTheSecondHalfOfAFailureFails() throws SQLException {
    TransferRecord running = running("s");
    breakOn("UPDATE OF last_outcome ON source");

    assertThatThrownBy(() -> ledger.advance(running, running.failed(FailureCode.GONE, "410")))
        .isInstanceOf(DromedaryException.class);

    assertThat(ledger.transfer(running.id())).contains(running);
    assertThat(ledger.failures()).isEmpty();
  }

  @Test
  void enqueuesNothing_whenTheSecondHalfOfEnqueuingFails() throws SQLException {
    breakOn("INSERT ON source");

    assertThatThrownBy(() -> ledger.enqueue("s", "s.bin", null))
        .isInstanceOf(DromedaryException.class);

    assertThat(ledger.active()).isEmpty();
    assertThat(ledger.source("s")).isEmpty();
  }

  /** Copies the files as they are on the disk while the ledger is still open. */
  private Path asLeftByAKill() throws IOException {
    Path copy = directory.resolve("after.db");
    Files.copy(file(), copy);
    Files.copy(directory.resolve("ledger.db-wal"), directory.resolve("after.db-wal"));
    return copy;
  }

  private void breakOn(String event) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TRIGGER power_cut BEFORE " + event + " BEGIN SELECT RAISE(ABORT, 'cut'); END");
    }
  }
}
