package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault.None;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a host was not to have does not stay for as long as its parts take. */
class ConnectionsTakenBackIT extends RunningFlow {

  private static final int SIZE = 40 << 20;

  /** A part of 4 MiB takes 80 seconds. */
  private static final int VERY_SLOW = 50_000;

  private static final Duration MUCH_SHORTER = Duration.ofSeconds(30);

  @Test
  void surplusEndsInTheMidstOfLongParts_andNothingIsLost() {
    Content content = content(SIZE);
    origin.rateLimitPerConnection(VERY_SLOW);
    try {
      origin.script("/fewer.bin", new None(), new None(), new None(), new Status(429));
      flow.add(serve("fewer.bin", content).with("connections", "4").withDigestOf(content));
      await().atMost(Flow.LIMIT).until(() -> requests("fewer.bin").size() >= 4);
      await().atMost(MUCH_SHORTER).until(() -> underWay() == 2);
    } finally {
      origin.rateLimitPerConnection(0);
    }
    assertLanded(flow.awaitEnd("fewer.bin", 1), content);
    assertThat(flow.failures("fewer.bin")).isEmpty();
  }

  private long underWay() {
    return requests("fewer.bin").stream().filter(request -> request.endedAt().isEmpty()).count();
  }
}
