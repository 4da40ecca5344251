package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One poll of a list that begins with more of a slow host than the queue has room for. */
class FullQueueOnceTest {

  private static final int SLOW = 5;
  private static final int QUICK = 6;

  @Test
  void othersLandMeanwhile_andAllIsAskedFor(@TempDir Path directory) throws Exception {
    try (ScriptedOrigin slow = ScriptedOrigin.start();
        ScriptedOrigin quick = ScriptedOrigin.start();
        Flow flow =
            Flow.prepared(
                directory,
                Map.of(
                    "transfer.queue", "2",
                    "origin.connections", "1",
                    "http.stall-timeout", "2s",
                    "retry.tries", "1"))) {
      for (int i = 0; i < SLOW; i++) {
        slow.forever("/slow-" + i, new StallAfter(10));
        flow.add(entry(slow, "slow-" + i));
      }
      for (int i = 0; i < QUICK; i++) {
        flow.add(entry(quick, "quick-" + i));
      }

      List<String> ended = flow.pollOnce().stream().map(TransferEvent::sourceId).toList();

      assertThat(ended).hasSize(SLOW + QUICK);
      assertThat(ended.subList(0, QUICK + 1).stream().filter(id -> id.startsWith("quick")))
          .as("before the second of the slow host ends: %s", ended)
          .hasSize(QUICK);
    }
  }

  private static Entry entry(ScriptedOrigin host, String id) {
    Content content = new GeneratedContent(id.hashCode(), 1000);
    host.put(Resource.of("/" + id, content));
    return Entry.of(id, host.uri("/" + id));
  }
}
