package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An attempt that has failed asks for nothing more, and waits for no answer (promise I7). */
class FailedAttemptTest extends RunningFlow {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Override
  void prepare(Flow prepared) {
    BeforeGet.in(prepared);
  }

  @Override
  Map<String, String> settings() {
    return Map.of(
        "http.first-byte-timeout", "50s",
        "http.min-speed", "1MiB",
        "http.min-speed-window", "1s");
  }

  @Test
  void isOverAtOnce_whenAnotherPartWasAboutToBeAskedForAsItFailed() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    BeforeGet.once(() -> BeforeGet.once(() -> hold(held, goOn)));
    Entry entry = serve("failing.bin", content(40_000_000)).with("connections", "2");
    origin.script("/failing.bin", new Trickle(100_000));
    origin.forever("/failing.bin", new StallBeforeHeaders(Duration.ofSeconds(50)));
    try {
      flow.add(entry);
      assertThat(held.await(30, TimeUnit.SECONDS)).as("a second part is handed out").isTrue();
      SeenRequest lead = requests("failing.bin").get(0);
      await("end of the part that is too slow")
          .atMost(Flow.LIMIT)
          .until(() -> lead.endedAt().isPresent());
    } finally {
      goOn.countDown();
    }
    long begun = System.nanoTime();

    TransferEvent failed = flow.awaitState("failing.bin", TransferState.RETRYING);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
    assertThat(failed.code()).isEqualTo(FailureCode.TOO_SLOW);
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel("failing.bin");
    flow.awaitEnd("failing.bin", 1);
  }

  @Test
  void isTooSlow_whenNothingComesAnyMore() {
    Content content = content(500_000);
    Entry entry = serve("silent.bin", content).with("connections", "1");
    origin.script("/silent.bin", new StallAfter(60_000));

    TransferEvent end = flow.fetch(entry);

    assertLanded(end, content);
    assertThat(flow.failures("silent.bin")).containsExactly("TOO_SLOW");
    assertThat(sent("silent.bin")).as("bytes sent").isEqualTo(500_000);
  }

  private static void hold(CountDownLatch held, CountDownLatch goOn) {
    held.countDown();
    try {
      goOn.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
