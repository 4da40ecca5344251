package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import org.junit.jupiter.api.Test;

/** A slow URL is left for a faster one, and what it brought is kept. */
class MirrorSpeedIT extends RunningFlow {

  private static final int SIZE = 128 << 20;

  @Test
  void theRestComesFromTheFasterUrl_whenTheFirstIsSlow() {
    lands("big.bin", 1);
  }

  @Test
  void connectionsLeaveTheSlowUrl_whenEachOfTheOtherIsFaster() {
    lands("wide.bin", 4);
  }

  private void lands(String id, int connections) {
    Content content = content(SIZE);
    try (ScriptedOrigin fast = ScriptedOrigin.start()) {
      fast.put(Resource.of("/" + id, content));
      origin.rateLimitPerConnection(1 << 20);
      Entry entry =
          serve(id, content)
              .withDigestOf(content)
              .with("connections", String.valueOf(connections))
              .with("urls", "['" + origin.uri("/" + id) + "', '" + fast.uri("/" + id) + "']");
      entry.keys().remove("url");

      assertLanded(flow.fetch(entry), content);

      long fromFast =
          fast.requests("/" + id).stream().mapToLong(request -> request.bodyBytesSent()).sum();
      assertThat(fromFast).isGreaterThan(SIZE / 2).isLessThan(SIZE);
      assertThat(sent(id) + fromFast).as("bytes sent").isLessThan(SIZE + connections * (2L << 20));
      assertThat(flow.failures(id)).as("failed attempts").isEmpty();
    } finally {
      origin.rateLimitPerConnection(0);
    }
  }
}
