package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.transfer.TransferState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A queue that is full of one host's transfers keeps no retry of another host (ADR 0029). */
class FullQueueTest extends RunningFlow {

  private static final int SIZE = 100_000;
  private static final int QUEUE = 2;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "transfer.queue", String.valueOf(QUEUE),
        "transfer.concurrency", "3",
        "origin.connections", "1",
        "retry.backoff", "4s",
        "retry.backoff-max", "4s");
  }

  @Test
  void retriesOfOthersAreMade() {
    try (ScriptedOrigin slow = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      origin.script("/again", new Status(503));
      flow.add(serve("again", content));
      flow.awaitState("again", TransferState.RETRYING);

      flow.add(stalled(slow, "stalled", 4 * QUEUE, SIZE));
      await().atMost(Flow.LIMIT).until(() -> flow.running().size() == 2 && queued() == QUEUE + 1);

      assertLanded(flow.awaitEnd("again", 1), content);
      assertThat(queued()).as("the poll waits with the next of the slow host").isEqualTo(QUEUE + 1);
    }
  }

  private int queued() {
    return flow.<Integer>ledger(ledger -> ledger.forOperators().queued());
  }
}
