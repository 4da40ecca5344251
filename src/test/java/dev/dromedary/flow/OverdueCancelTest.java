package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an operator ends does not begin again because its source was due meanwhile. */
class OverdueCancelTest extends RunningFlow {

  private static final Duration EVERY = Duration.ofSeconds(3);

  /** What is due within half of one is due. */
  private static final Duration A_LOOK = Duration.ofMillis(100);

  @Override
  Map<String, String> settings() {
    return Map.of("retry.max-retry-after", "1h");
  }

  @Test
  void sourceWaitsForTheNextTimeOfItsSchedule_whenItsTransferIsCancelledWhileItRuns() {
    assertWaitsForItsNextTime("runs.bin", new StallAfter(100_000), TransferState.RUNNING);
  }

  @Test
  void sourceWaitsForTheNextTimeOfItsSchedule_whenItsTransferIsCancelledWhileItWaits() {
    assertWaitsForItsNextTime(
        "waits.bin", Status.retryAfter(503, Duration.ofMinutes(30)), TransferState.RETRYING);
  }

  private void assertWaitsForItsNextTime(String id, Fault first, TransferState state) {
    Content content = content(300_000);
    Entry entry = serve(id, content).with("every", EVERY.toSeconds() + "s");
    origin.script("/" + id, first);
    flow.add(entry);
    flow.awaitState(id, state);
    awaitDue(id);

    Instant cancelledAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    cancel(id);

    assertThat(flow.awaitEnd(id, 1).state()).isEqualTo(TransferState.CANCELLED);
    assertLanded(flow.awaitEnd(id, 2), content);
    SeenRequest next = requests(id).get(1);
    assertThat(Duration.between(cancelledAt, next.startedAt()))
        .as("from the cancel to the next request")
        .isGreaterThanOrEqualTo(EVERY.minus(A_LOOK));
    flow.remove(id);
  }

  private static void awaitDue(String id) {
    await()
        .atMost(Flow.LIMIT)
        .until(
            () -> {
              String due = Objects.requireNonNull(sources().get(id)).dueAt();
              return due != null && Instant.parse(due).isBefore(Instant.now());
            });
  }

  private static void cancel(String id) {
    assertThat(Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel(id).changed())
        .isEqualTo(1);
  }

  private static SourcesMXBean sources() {
    return Flow.bean(SourcesMXBean.NAME, SourcesMXBean.class);
  }
}
