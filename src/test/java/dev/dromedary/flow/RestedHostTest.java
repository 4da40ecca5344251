package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the rest of a host is over one asks it, and its answer lets all go on at once. */
class RestedHostTest extends RunningFlow {

  private static final int SIZE = 1000;
  private static final int WAITING = 20;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "2",
        "breaker.rest", "2s",
        "retry.backoff", "1s",
        "retry.backoff-max", "20s");
  }

  @Test
  void oneAsksForAll_andAllGoOnAtItsAnswer() {
    for (String id : new String[] {"sick-1", "sick-2"}) {
      origin.script("/" + id, new Status(503));
      flow.add(serve(id, content(SIZE)));
      flow.awaitState(id, TransferState.RETRYING);
    }
    Map<String, Content> waiting = new LinkedHashMap<>();
    Entry[] entries = new Entry[WAITING];
    for (int i = 0; i < WAITING; i++) {
      String id = "waiting-" + i;
      waiting.put(id, content(SIZE));
      entries[i] = serve(id, waiting.get(id));
    }
    flow.add(entries);

    waiting.forEach((id, content) -> assertLanded(flow.awaitEnd(id, 1), content));
    assertThat(waiting.keySet())
        .as("met the rest once and then went on")
        .allSatisfy(id -> assertThat(rests(id)).hasSize(1));
  }

  private List<TransferEvent> rests(String id) {
    return flow.events(id).stream()
        .filter(event -> event.code() == FailureCode.HOST_RESTING)
        .toList();
  }
}
