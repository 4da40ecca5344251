package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sources of a host that fails for several of them wait together. */
class BreakerTest extends RunningFlow {

  private static final int SOURCES = 12;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "3",
        "breaker.rest", "3s",
        "retry.backoff", "4s",
        "retry.backoff-max", "4s",
        "retry.tries", "8",
        "transfer.concurrency", "1");
  }

  @Test
  void aHostIsLeftAlone_andServesAllWhenItIsBack() {
    List<Content> contents = new ArrayList<>();
    Entry[] entries = new Entry[SOURCES];
    for (int i = 0; i < SOURCES; i++) {
      contents.add(content(1000 + i));
      entries[i] = serve("sick-" + i, contents.get(i));
      origin.forever("/sick-" + i, new Status(503));
    }
    flow.add(entries);
    await()
        .atMost(Flow.LIMIT)
        .until(
            () ->
                flow.events("sick-" + (SOURCES - 1)).stream()
                    .anyMatch(event -> "HOST_RESTING".equals(String.valueOf(event.code()))));
    assertThat(origin.requests()).as("requests until all wait").hasSizeLessThan(SOURCES);

    for (int i = 0; i < SOURCES; i++) {
      origin.clearScript("/sick-" + i);
    }
    for (int i = 0; i < SOURCES; i++) {
      assertLanded(flow.awaitEnd("sick-" + i, 1), contents.get(i));
    }
  }
}
