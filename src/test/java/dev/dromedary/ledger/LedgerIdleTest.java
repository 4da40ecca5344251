package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done while a source is idle is done before its next transfer begins. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedgerIdleTest extends LedgerTestBase {

  @Test
  void nextTransferIsQueuedAfterTheWork_neverMeanwhile() throws Exception {
    FutureTask<Optional<TransferRecord>> enqueuing =
        new FutureTask<>(() -> ledger.enqueue("s", "s.bin", null));
    Thread poll = new Thread(enqueuing);

    boolean done =
        ledger
            .forOperators()
            .whileIdle(
                "s",
                () -> {
                  poll.start();
                  await()
                      .atMost(Duration.ofSeconds(30))
                      .until(() -> enqueuing.isDone() || poll.getState() == Thread.State.WAITING);
                  return ledger.activeOf("s").isEmpty() && !enqueuing.isDone();
                });

    assertThat(done).as("idle to the end of the work").isTrue();
    assertThat(enqueuing.get(30, TimeUnit.SECONDS)).isPresent();
  }

  @Test
  void nothingIsDone_whenATransferIsActive() {
    running("s");
    CompletableFuture<Boolean> work = new CompletableFuture<>();

    assertThat(ledger.forOperators().whileIdle("s", () -> work.complete(true))).isFalse();

    assertThat(work).isNotDone();
    assertThat(ledger.forOperators().whileIdle("other", () -> true)).isTrue();
  }
}
