package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Transfers that come by another queue, as a broker's, run no more at a time than may (ADR 0029).
 */
class OtherQueueTest extends RunningFlow {

  private static final int RUNNING = 2;
  private static final int SIZE = 200_000;

  @Override
  Map<String, String> settings() {
    return Map.of("transfer.concurrency", String.valueOf(RUNNING));
  }

  @Override
  void prepare(Flow prepared) {
    for (String route : List.of("poll-sources", "wake-waiting", "transfer-file")) {
      prepared.editRoute(route, "uri: seda:transfers", "uri: seda:elsewhere");
    }
  }

  @Test
  void asManyRunAsMay() {
    Map<String, Content> files = new LinkedHashMap<>();
    for (int i = 0; i < 3 * RUNNING; i++) {
      String id = "elsewhere-" + i;
      files.put(id, content(SIZE));
      origin.script("/" + id, new LimitRate(SIZE));
    }

    flow.add(
        files.entrySet().stream()
            .map(file -> serve(file.getKey(), file.getValue()).with("connections", "1"))
            .toArray(Entry[]::new));

    files.forEach((id, content) -> assertLanded(flow.awaitEnd(id, 1), content));
    List<SeenRequest> seen = files.keySet().stream().flatMap(id -> requests(id).stream()).toList();
    assertThat(mostAtOnce(seen)).isEqualTo(RUNNING);
  }
}
