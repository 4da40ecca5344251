package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A transfer has one worker. */
class LedgerClaimTest extends LedgerTestBase {

  private static final int WORKERS = 8;

  @Test
  void givesATransferToExactlyOneOfManyWorkers() throws Exception {
    try (Ledger other = open(file())) {
      for (int round = 0; round < 10; round++) {
        TransferRecord queued = enqueued("s" + round);
        List<Optional<TransferRecord>> claims =
            atOnce(worker -> (worker % 2 == 0 ? ledger : other).claim(queued.id(), "w" + worker));

        List<TransferRecord> won = claims.stream().flatMap(Optional::stream).toList();
        assertThat(won).hasSize(1);
        assertThat(ledger.transfer(queued.id())).contains(won.get(0));
      }
    }
  }

  @Test
  void enqueuesASourceExactlyOnce_whenManyAskAtOnce() throws Exception {
    List<Optional<TransferRecord>> queued = atOnce(worker -> ledger.enqueue("s", "s.bin", null));

    assertThat(queued.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(ledger.active()).hasSize(1);
  }

  @Test
  void runsAfterAClaim() {
    TransferRecord queued = enqueued("s");
    TransferRecord running = ledger.claim(queued.id(), "host-1").orElseThrow();

    assertThat(running.state()).isEqualTo(TransferState.RUNNING);
    assertThat(running.worker()).isEqualTo("host-1");
    assertThat(running.version()).isEqualTo(queued.version() + 1);
  }

  @Test
  void claimsARetryingTransferAgain() {
    TransferRecord running = running("s");
    TransferRecord retrying =
        ledger.advance(
            running,
            running.retrying(FailureCode.STALLED, "slow", clock.instant().plusSeconds(9), "asked"));

    TransferRecord again = ledger.claim(retrying.id(), "w2").orElseThrow();

    assertThat(again.worker()).isEqualTo("w2");
    assertThat(again.nextAttemptAt()).isNull();
    assertThat(again.asked()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"QUEUED", "RETRYING"})
  void claimsNothingElse(TransferState state) {
    TransferRecord transfer = inState("s", state);

    assertThat(ledger.claim(transfer.id(), "w2")).isEmpty();
    assertThat(ledger.transfer(transfer.id())).contains(transfer);
  }

  private interface Work<T> {
    T by(int worker);
  }

  private static <T> List<T> atOnce(Work<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      CyclicBarrier start = new CyclicBarrier(WORKERS);
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        int worker = i;
        calls.add(
            () -> {
              start.await(10, TimeUnit.SECONDS);
              return work.by(worker);
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls, 30, TimeUnit.SECONDS)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
