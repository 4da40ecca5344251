package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.transfer.TransferState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for a host that stays away has an end, and costs that host little. */
class DeadHostTest extends RunningFlow {

  private static final int SOURCES = 20;
  private static final int TRIES = 4;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "2",
        "breaker.rest", "1s",
        "retry.backoff", "200ms",
        "retry.backoff-max", "1s",
        "retry.tries", String.valueOf(TRIES));
  }

  @Test
  void allAreGivenUpAfterAsManyRestsAsTries() {
    Entry[] entries = new Entry[SOURCES];
    for (int i = 0; i < SOURCES; i++) {
      entries[i] = serve("dead-" + i, content(1000));
      origin.forever("/dead-" + i, new Status(503));
    }
    flow.add(entries);

    for (int i = 0; i < SOURCES; i++) {
      assertThat(flow.awaitEnd("dead-" + i, 1).state()).isEqualTo(TransferState.FAILED);
    }
    assertThat(origin.requests()).hasSizeLessThan(2 * SOURCES);
  }
}
