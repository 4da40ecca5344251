package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.RangeFault;
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

  /** By then a URL that serves ranges would have been left for the other. */
  @Test
  void slowUrlGoesOn_whenItServesNoRanges() {
    Content content = content(SIZE);
    try (ScriptedOrigin fast = ScriptedOrigin.start()) {
      fast.put(Resource.of("/deaf.bin", content));
      origin.rateLimitPerConnection(SLOW);
      origin.forever("/deaf.bin", new RangeFault.IgnoreRange());
      flow.add(of(fast, "deaf.bin", content).with("connections", "2"));

      flow.awaitReceived("deaf.bin", 9 * SLOW);

      assertThat(requests("deaf.bin")).hasSize(1);
      flow.remove("deaf.bin");
    } finally {
      origin.rateLimitPerConnection(0);
    }
  }

  /** Lands it over so many connections, 0 for as many as are found, of so many bytes a second. */
  private void lands(String id, int connections, long lead) {
    Content content = content(SIZE);
    try (ScriptedOrigin fast = ScriptedOrigin.start()) {
      fast.put(Resource.of("/" + id, content));
      origin.rateLimitPerConnection(lead);
      Entry entry = of(fast, id, content);
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

  /** Returns an entry of the origin's URL and, as its second, of another's. */
  private Entry of(ScriptedOrigin second, String id, Content content) {
    Entry entry =
        serve(id, content)
            .withDigestOf(content)
            .with("urls", "['" + origin.uri("/" + id) + "', '" + second.uri("/" + id) + "']");
    entry.keys().remove("url");
    return entry;
  }
}
