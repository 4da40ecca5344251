package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the ledger refuses for a while is only later, not lost (I5). */
class LedgerOutageTest extends RunningFlow {

  private static final int SIZE = 100_000;

  @Override
  Map<String, String> settings() {
    return Map.of("disk.check-interval", "1s", "retry.max-retry-after", "1h");
  }

  @Test
  void transferWhoseEndCouldNotBeRecordedIsTakenUpAgain() throws Exception {
    Content content = content(SIZE);
    sql(refusing("verifying", "UPDATE ON transfer", "NEW.state IN ('VERIFYING', 'FAILED')"));
    flow.add(serve("left.bin", content));
    await()
        .atMost(Flow.LIMIT)
        .until(
            () ->
                flow.<Boolean>ledger(
                    ledger ->
                        ledger
                            .activeOf("left.bin")
                            .filter(left -> !ledger.attempts(left.id()).isEmpty())
                            .isPresent()));

    sql("DROP TRIGGER verifying");

    assertLanded(flow.awaitEnd("left.bin", 1), content);
    assertThat(sent("left.bin")).as("bytes sent").isEqualTo(SIZE);
  }

  @Test
  void transferWaitsForTheLedger_alsoWhereItsFailureCouldBeRecorded() throws Exception {
    Content content = content(SIZE);
    sql(refusing("verified", "UPDATE ON transfer", "NEW.state = 'VERIFYING'"));
    flow.add(serve("locked.bin", content));
    await()
        .atMost(Flow.LIMIT)
        .until(() -> flow.<Boolean>ledger(ledger -> failedTwice(ledger, "locked.bin")));
    TransferRecord waiting =
        flow.<TransferRecord>ledger(ledger -> ledger.activeOf("locked.bin").orElseThrow());

    sql("DROP TRIGGER verified");

    assertLanded(flow.awaitEnd("locked.bin", 1), content);
    assertThat(waiting.code()).isEqualTo(FailureCode.LEDGER);
    assertThat(waiting.attempts()).as("counted").isZero();
    assertThat(sent("locked.bin")).as("bytes sent").isEqualTo(SIZE);
  }

  @Test
  void whatRestsAndCouldNotBeRecordedCanBeCancelled() throws Exception {
    sql(refusing("attempts", "INSERT ON attempt", "NEW.number > 0"));
    origin.script("/held.bin", Status.retryAfter(503, Duration.ofMinutes(30)));
    flow.add(serve("held.bin", content(SIZE)));
    await()
        .atMost(Flow.LIMIT)
        .until(() -> requests("held.bin").size() == 1 && flow.inflight("transfer-file") == 0);
    sql("DROP TRIGGER attempts");

    TransfersMXBean transfers = Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class);
    assertThat(transfers.cancel("held.bin").left()).isEmpty();

    assertThat(flow.awaitEnd("held.bin", 1).state()).isEqualTo(TransferState.CANCELLED);
  }

  private static boolean failedTwice(Ledger ledger, String source) {
    return ledger
        .activeOf(source)
        .filter(left -> ledger.attempts(left.id()).size() > 1)
        .isPresent();
  }

  @Test
  void waitThatCouldNotBeRecordedIsSpent() throws Exception {
    Content content = content(SIZE);
    sql(refusing("attempts", "INSERT ON attempt", "NEW.number > 0"));
    origin.script("/patient.bin", Status.retryAfter(503, Duration.ofSeconds(3)));

    flow.add(serve("patient.bin", content));

    assertThat(flow.awaitEnd("patient.bin", 1).state()).isEqualTo(TransferState.LANDED);
    sql("DROP TRIGGER attempts");
    SeenRequest refused = requests("patient.bin").get(0);
    SeenRequest second = requests("patient.bin").get(1);
    assertThat(Duration.between(refused.startedAt(), second.startedAt()))
        .isGreaterThan(Duration.ofMillis(2900));
  }

  @Test
  void requestOfAnOperatorOutlivesThePollThatCouldNotQueueIt() throws Exception {
    Content content = content(SIZE);
    Content other = content(SIZE);
    flow.add(unscheduled(serve("asked.bin", content)), unscheduled(serve("next.bin", other)));
    sql(refusing("queued", "INSERT ON transfer", "NEW.source_id = 'asked.bin'"));
    SourcesMXBean sources = Flow.bean(SourcesMXBean.NAME, SourcesMXBean.class);
    sources.poll("asked.bin");
    sources.poll("next.bin");
    assertLanded(flow.awaitEnd("next.bin", 1), other);

    sql("DROP TRIGGER queued");

    assertLanded(flow.awaitEnd("asked.bin", 1), content);
  }

  private static Entry unscheduled(Entry entry) {
    return entry.with("cron", "'0 0 0 1 1 ? 2099'");
  }

  private static String refusing(String name, String change, String when) {
    return "CREATE TRIGGER %s BEFORE %s WHEN %s BEGIN SELECT RAISE(ABORT, 'refused'); END"
        .formatted(name, change, when);
  }

  private void sql(String text) throws SQLException {
    String ledger = "jdbc:sqlite:" + directory.resolve("work/ledger.db");
    try (Connection connection = DriverManager.getConnection(ledger);
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
