package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A transfer that is cancelled ends at once, whatever its request waits for (promise I7). */
class CancelTest extends RunningFlow {

  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Override
  void prepare(Flow prepared) {
    BeforeGet.in(prepared);
  }

  @Override
  Map<String, String> settings() {
    return Map.of("http.connect-timeout", "50s", "http.first-byte-timeout", "50s");
  }

  @Test
  void endsAtOnce_whenItsRequestIsAboutToBeMade() {
    Entry entry = serve("about.bin", content(1000));
    origin.forever("/about.bin", new StallBeforeHeaders(Duration.ofSeconds(50)));
    AtomicLong cancelledNanos = new AtomicLong();
    BeforeGet.once(
        () -> {
          cancel("about.bin");
          cancelledNanos.set(System.nanoTime());
        });
    flow.add(entry);

    assertCancelled(flow.awaitEnd("about.bin", 1), cancelledNanos.get());
  }

  @Test
  void endsAtOnce_whileTheHeadIsAwaited() {
    Entry entry = serve("silent.bin", content(1000));
    origin.forever("/silent.bin", new StallBeforeHeaders(Duration.ofSeconds(50)));
    flow.add(entry);
    await().atMost(Flow.LIMIT).until(() -> !requests("silent.bin").isEmpty());

    assertEndsAtOnce("silent.bin");
  }

  @Test
  void endsAtOnce_whileTheConnectionIsOpened() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SocketChannel one = SocketChannel.open();
        one.configureBlocking(false);
        one.connect(full.getLocalSocketAddress());
        waiting.add(one);
      }
      flow.add(
          Entry.of("unheard.bin", URI.create("http://127.0.0.1:" + full.getLocalPort() + "/")));
      flow.awaitState("unheard.bin", TransferState.RUNNING);

      assertEndsAtOnce("unheard.bin");
      for (SocketChannel one : waiting) {
        one.close();
      }
    }
  }

  @Test
  void endsAtOnce_whileTlsIsAgreedUpon() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      flow.add(Entry.of("mute.bin", URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/")));
      try (Socket accepted = mute.accept()) {
        assertThat(accepted.getInputStream().read()).isNotNegative();

        assertEndsAtOnce("mute.bin");
      }
    }
  }

  @Test
  void endsInsteadOfItsDelivery_whenItIsVerified() {
    flow.stopRoute("deliver-file");
    flow.add(serve("verified.bin", content(1000)));
    await().atMost(Flow.LIMIT).until(CancelTest::isVerifying);

    cancel("verified.bin");
    flow.startRoute("deliver-file");

    TransferEvent end = flow.awaitEnd("verified.bin", 1);
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.CANCELLED);
    assertThat(flow.landed("verified.bin")).doesNotExist();
    flow.remove("verified.bin");
  }

  private void assertEndsAtOnce(String id) {
    long begun = System.nanoTime();
    cancel(id);
    assertCancelled(flow.awaitEnd(id, 1), begun);
  }

  private static boolean isVerifying() {
    return Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).getRunning().stream()
        .anyMatch(running -> running.state().equals(TransferState.VERIFYING.word()));
  }

  private static void cancel(String id) {
    TransfersMXBean transfers = Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class);
    assertThat(transfers.cancel(id).changed()).isEqualTo(1);
  }

  private void assertCancelled(TransferEvent end, long sinceNanos) {
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.CANCELLED);
    assertThat(Duration.ofNanos(System.nanoTime() - sinceNanos)).isLessThan(AT_ONCE);
    flow.remove(end.sourceId());
  }
}
