package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
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
    flow.start();
    Content next = content(10);
    assertLanded(flow.fetch(serve("next.bin", next)), next);

    TransferRecord kept =
        flow.<TransferRecord>ledger(ledger -> ledger.activeOf("kept.bin").orElseThrow());
    assertThat(kept.nextAttemptAt()).isAfter(Instant.now().plus(Duration.ofMinutes(25)));
    assertThat(requests("kept.bin")).hasSize(1);
    flow.remove("kept.bin");
  }
}
