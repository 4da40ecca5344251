package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transfer whose id is in the queue twice is worked at by one worker. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClaimedOnceTest extends RunningFlow {

  private static final int SIZE = 3_000_000;

  private @Nullable JmxClient connected;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "poll.interval", "1h",
        "transfer.concurrency", "2",
        "events.timeout", "2s",
        "failed.uri", origin.uri("/hook").toString());
  }

  @BeforeAll
  void connect() {
    connected = JmxClient.connect();
  }

  @AfterAll
  void disconnect() throws Exception {
    client().close();
  }

  @Test
  void isFetchedOnce_whenItWasCancelledAndRetriedInTheQueue() {
    SourcesMXBean sources = client().bean(SourcesMXBean.NAME, SourcesMXBean.class);
    TransfersMXBean transfers = client().bean(TransfersMXBean.NAME, TransfersMXBean.class);
    Content content = content(SIZE);
    for (String id : List.of("first", "second")) {
      Entry stalled = serve(id, content(SIZE)).with("connections", "1");
      origin.forever("/" + id, new StallAfter(100_000));
      listed(stalled);
      sources.poll(id);
      flow.awaitReceived(id, 1000);
    }
    listed(serve("twice", content));
    sources.poll("twice");
    await().atMost(Flow.LIMIT).until(() -> isActive("twice"));
    for (int i = 0; i < 3; i++) {
      transfers.cancel("twice");
      transfers.retry("twice");
      sources.poll("twice");
      await().atMost(Flow.LIMIT).until(() -> isActive("twice"));
    }
    transfers.cancel("first");
    transfers.cancel("second");

    await()
        .atMost(Flow.LIMIT)
        .until(() -> flow.ends("twice").stream().anyMatch(end -> end.landedFile() != null));
    assertThat(flow.hasLanded("twice", content)).isTrue();
    assertThat(sent("twice")).as("bytes sent").isEqualTo(SIZE);
  }

  /** No worker takes it while the one that gave it up is still telling so. */
  @Test
  void landsWithoutAnotherPoll_whenItIsRetriedWhileItsEndIsTold() {
    SourcesMXBean sources = client().bean(SourcesMXBean.NAME, SourcesMXBean.class);
    TransfersMXBean transfers = client().bean(TransfersMXBean.NAME, TransfersMXBean.class);
    Content content = content(SIZE);
    origin.forever("/hook", new StallBeforeHeaders());
    origin.script("/hasty", new Status(404));
    listed(serve("hasty", content));
    sources.poll("hasty");
    assertThat(flow.awaitEnd("hasty", 1).state()).isEqualTo(TransferState.FAILED);
    origin.awaitRequests("/hook", 1, Flow.LIMIT);

    assertThat(transfers.retry("hasty").changed()).isEqualTo(1);

    assertLanded(flow.awaitEnd("hasty", 2), content);
  }

  private JmxClient client() {
    return Objects.requireNonNull(connected);
  }

  private boolean isActive(String id) {
    return flow.<Boolean>ledger(ledger -> ledger.activeOf(id).isPresent());
  }

  private void listed(Entry entry) {
    flow.add(entry.with("cron", "'0 0 0 1 1 ? 2099'"));
    client().bean(SourcesMXBean.NAME, SourcesMXBean.class).poll("nothing-has-this-name");
  }
}
