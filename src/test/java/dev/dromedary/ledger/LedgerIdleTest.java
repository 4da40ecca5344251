package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void sourcesAreForgotten_whenNothingHappenedAndNothingIsOpen() {
    landed("landed");
    failed("failed");
    running("running");
    landed("polled");
    OperatorLedger operators = ledger.forOperators();
    operators.pause(List.of("paused"));
    Instant before = clock.instant().plusSeconds(1);
    assertThat(operators.silentSince(before)).containsExactly("landed", "polled");
    clock.advance(Duration.ofSeconds(2));
    enqueued("polled");

    assertThat(operators.forget(List.of("landed", "failed", "polled"), before)).isEqualTo(1);

    assertThat(ledger.source("landed")).isEmpty();
    assertThat(operators.newestOf("landed")).isEmpty();
    assertThat(ledger.source("polled")).isPresent();
    assertThat(operators.newestOf("failed")).isPresent();
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
