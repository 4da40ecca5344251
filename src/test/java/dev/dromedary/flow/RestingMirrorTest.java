package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A mirror that rests makes a source no worse than none. */
class RestingMirrorTest extends RunningFlow {

  private static final int SIZE = 1000;
  private static final Duration REST = Duration.ofMinutes(10);

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "2",
        "breaker.rest", REST.toMinutes() + "m",
        "retry.backoff", "100ms",
        "retry.backoff-max", "10m",
        "retry.tries", "10");
  }

  @Test
  void theOtherOneIsTriedAgainAtItsOwnPace() {
    try (ScriptedOrigin dead = ScriptedOrigin.start()) {
      for (String id : new String[] {"sick-1", "sick-2"}) {
        dead.forever("/" + id, new Status(503));
        flow.add(serve(dead, id, content(SIZE)));
      }
      await().atMost(Flow.LIMIT).until(() -> isHeldUp("sick-1", REST) && isHeldUp("sick-2", REST));
      Content content = content(SIZE);
      origin.script("/either", new Status(503), new Status(503));
      flow.add(serveAtBoth(origin, dead, "either", content));

      assertLanded(flow.awaitEnd("either", 1), content);
      assertThat(dead.requests("/either")).isEmpty();
    }
  }
}
