package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import org.junit.jupiter.api.Test;

/** A slow URL is left for a faster one, and what it brought is kept. */
class MirrorSpeedIT extends RunningFlow {

  private static final int SIZE = 128 << 20;

  private static final int SLOW = 1 << 20;
  private static final int VERY_SLOW = 200 << 10;

  @Test
  void theRestComesFromTheFasterUrl_whenTheFirstIsSlow() {
    lands("big.bin", 1, SLOW);
  }

  @Test
  void connectionsLeaveTheSlowUrl_whenEachOfTheOtherIsFaster() {
    lands("wide.bin", 4, SLOW);
  }

  @Test
  void connectionsLeaveTheSlowUrl_beforeTheirNumberIsTriedWithFewer() {
    lands("found.bin", 0, VERY_SLOW);
  }

  /** Lands it over so many connections, 0 for as many as are found, of so many bytes a second. */
  private void lands(String id, int connections, long lead) {
    Content content = content(SIZE);
    try (ScriptedOrigin fast = ScriptedOrigin.start()) {
      fast.put(Resource.of("/" + id, content));
      origin.rateLimitPerConnection(lead);
      Entry entry =
          serve(id, content)
              .withDigestOf(content)
              .with("urls", "['" + origin.uri("/" + id) + "', '" + fast.uri("/" + id) + "']");
      entry.keys().remove("url");
      if (connections > 0) {
        entry = entry.with("connections", String.valueOf(connections));
      }

      assertLanded(flow.fetch(entry), content);

      long fromFast =
          fast.requests("/" + id).stream().mapToLong(request -> request.bodyBytesSent()).sum();
      assertThat(fromFast).isGreaterThan(SIZE / 2).isLessThan(SIZE);
      assertThat(sent(id) + fromFast).as("bytes sent").isLessThan(SIZE + 16 * (2L << 20));
      assertThat(flow.failures(id)).as("failed attempts").isEmpty();
    } finally {
      origin.rateLimitPerConnection(0);
    }
  }
}
