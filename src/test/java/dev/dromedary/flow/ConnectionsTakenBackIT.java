package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault.None;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.plan.PartPlanner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a host was not to have does not stay for as long as its parts take. */
class ConnectionsTakenBackIT extends RunningFlow {

  private static final int SIZE = 40 << 20;

  /** A part of 4 MiB takes 80 seconds. */
  private static final int VERY_SLOW = 50_000;

  private static final Duration MUCH_SHORTER = Duration.ofSeconds(30);

  /** Surplus parts may end by themselves within some seconds, as they mostly do. */
  private static final Duration LONG_ENOUGH_TO_END_SOON = Duration.ofSeconds(4);

  @Override
  Map<String, String> settings() {
    return Map.of("http.first-byte-timeout", "9s");
  }

  @Test
  void surplusEndsInTheMidstOfLongParts_andNothingIsLost() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      host.rateLimitPerConnection(VERY_SLOW);
      host.script("/fewer.bin", new None(), new None(), new None(), new Status(429));
      flow.add(serve(host, "fewer.bin", content).with("connections", "4").withDigestOf(content));
      await().atMost(Flow.LIMIT).until(() -> host.requests("/fewer.bin").size() == 4);
      await().atMost(Flow.LIMIT).until(() -> underWay(host) == 3);
      Instant allThree = Instant.now();
      await().atMost(MUCH_SHORTER).until(() -> underWay(host) == 2);
      assertThat(Duration.between(allThree, Instant.now())).isGreaterThan(LONG_ENOUGH_TO_END_SOON);
      host.rateLimitPerConnection(0);
      assertLanded(flow.awaitEnd("fewer.bin", 1), content);
      assertThat(flow.failures("fewer.bin")).isEmpty();
    }
  }

  /** The only connection that is served is no surplus, whatever others that were asked for do. */
  @Test
  void silentConnectionTakesNothingFromTheOneThatIsServed() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(PartPlanner.FIRST_PART_BYTES + (4 << 20));
      host.script(
          "/one.bin",
          new LimitRate(PartPlanner.FIRST_PART_BYTES / 8),
          new StallBeforeHeaders(),
          new Status(429));
      TransferEvent end = flow.fetch(serve(host, "one.bin", content).with("connections", "3"));
      assertLanded(end, content);
      assertThat(host.requests("/one.bin").get(0).bodyBytesSent())
          .isEqualTo(PartPlanner.FIRST_PART_BYTES);
    }
  }

  private static long underWay(ScriptedOrigin host) {
    return host.requests("/fewer.bin").stream().filter(sent -> sent.endedAt().isEmpty()).count();
  }
}
