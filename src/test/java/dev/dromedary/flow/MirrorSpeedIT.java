package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A slow URL is left for a faster one, and what it brought is kept. */
class MirrorSpeedIT extends RunningFlow {

  private static final int SIZE = 48 << 20;

  @Test
  void theRestComesFromTheFasterUrl_whenTheFirstIsSlow() {
    Content content = content(SIZE);
    try (ScriptedOrigin fast = ScriptedOrigin.start()) {
      fast.put(Resource.of("/big.bin", content));
      origin.rateLimitPerConnection(1 << 20);
      URI slow = origin.uri("/big.bin");
      Entry entry =
          serve("big.bin", content)
              .withDigestOf(content)
              .with("connections", "1")
              .with("urls", "['" + slow + "', '" + fast.uri("/big.bin") + "']");
      entry.keys().remove("url");

      assertLanded(flow.fetch(entry), content);

      long fromFast =
          fast.requests("/big.bin").stream().mapToLong(request -> request.bodyBytesSent()).sum();
      assertThat(fromFast).isGreaterThan(SIZE / 2).isLessThan(SIZE);
      assertThat(sent("big.bin") + fromFast).as("bytes sent").isLessThan(SIZE + (2L << 20));
    } finally {
      origin.rateLimitPerConnection(0);
    }
  }
}
