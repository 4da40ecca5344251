package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What brings nothing keeps its place for one attempt where others wait for it (ADR 0029). */
class GiveWayTest extends RunningFlow {

  private static final int SIZE = 1000;
  private static final int PLACES = 2;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "transfer.concurrency", String.valueOf(PLACES),
        "http.stall-timeout", "3s",
        "retry.backoff", "1s",
        "retry.backoff-max", "1s");
  }

  @Test
  void othersBeginBeforeItsNextAttempt() {
    try (ScriptedOrigin sick = ScriptedOrigin.start()) {
      flow.add(stalled(sick, "sick", PLACES, SIZE));
      await().atMost(Flow.LIMIT).until(() -> sick.requests().size() == PLACES);
      Content content = content(SIZE);
      flow.add(serve("well", content));

      assertLanded(flow.awaitEnd("well", 1), content);
      Instant begun = requests("well").get(0).startedAt();
      for (int i = 0; i < PLACES; i++) {
        List<SeenRequest> seen = sick.requests("/sick-" + i);
        assertThat(seen).filteredOn(one -> one.startedAt().isBefore(begun)).hasSize(1);
      }
    }
  }
}
