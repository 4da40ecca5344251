package dev.dromedary.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a transfer that only the ledger knows. */
class TransferReportTest {

  @Test
  void attemptIsTheOneThatRuns_elseTheLastOne(@TempDir Path directory) {
    try (Ledger ledger =
        Ledger.open(directory.resolve("ledger.db"), Clock.systemUTC(), new Random(1))) {
      TransferRecord queued = ledger.enqueue("s", "s", null).orElseThrow();
      assertThat(attempt(queued)).isEqualTo(1);
      TransferRecord first = ledger.claim(queued.id(), "w").orElseThrow();
      assertThat(attempt(first)).isEqualTo(1);

      TransferRecord waits =
          ledger.advance(first, first.retrying(FailureCode.CONNECTION_LOST, "lost", null, null));
      assertThat(attempt(waits)).as("of one that waits after its first").isEqualTo(1);

      TransferRecord second = ledger.claim(queued.id(), "w").orElseThrow();
      assertThat(attempt(second)).isEqualTo(2);
      TransferRecord dead = ledger.advance(second, second.failed(FailureCode.NOT_FOUND, "gone"));
      assertThat(attempt(dead)).as("of one that its second ended").isEqualTo(2);
      assertThat(attempt(first.withState(TransferState.UNCHANGED))).isEqualTo(1);
    }
  }

  private static int attempt(TransferRecord record) {
    return TransferReport.of(record).attempts();
  }
}
