package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host with more transfers than the queue has room for holds up no other host (ADR 0029). */
class FullQueueTest extends RunningFlow {

  private static final int SIZE = 100_000;
  private static final int QUEUE = 4;
  private static final int QUEUED_OF_ONE = QUEUE / 2;

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin slow;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "transfer.queue", String.valueOf(QUEUE),
        "transfer.concurrency", "6",
        "origin.connections", "1",
        "poll.interval", "2s",
        "retry.backoff", "4s",
        "retry.backoff-max", "4s");
  }

  @BeforeEach
  void startSlow() {
    slow = ScriptedOrigin.start();
  }

  @AfterEach
  void stopSlow() {
    slow.close();
  }

  @Test
  void retriesOfOthersAreMade() {
    Content content = content(SIZE);
    origin.script("/again", new Status(503));
    flow.add(serve("again", content));
    flow.awaitState("again", TransferState.RETRYING);

    stall("before-retry");

    assertLanded(flow.awaitEnd("again", 1), content);
    assertThat(queued()).isEqualTo(QUEUED_OF_ONE);
    cancel("before-retry");
  }

  @Test
  void sourcesOfOthersAreQueued_alsoThoseThatTheListNamesLater() {
    stall("before-poll");

    Content first = content(SIZE);
    Content second = content(SIZE);
    flow.add(serve("first", first));
    assertLanded(flow.awaitEnd("first", 1), first);
    flow.add(serve("second", second));
    assertLanded(flow.awaitEnd("second", 1), second);

    assertThat(queued()).isEqualTo(QUEUED_OF_ONE);
    cancel("before-poll");
  }

  @Test
  void whatHadNoRoomIsQueuedWhenThereIsSome() {
    stall("moves-up");
    cancel("moves-up");

    for (int i = 0; i < 2 * QUEUE; i++) {
      assertThat(flow.awaitEnd("moves-up-" + i, 1).state()).isEqualTo(TransferState.CANCELLED);
    }
  }

  /** Of the slow host two run, of which one waits for the connection of the other. */
  private void stall(String name) {
    flow.add(stalled(slow, name, 2 * QUEUE, SIZE));
    await().atMost(Flow.LIMIT).until(() -> flow.running().size() == 2 && queued() == QUEUED_OF_ONE);
  }

  /** Cancels what is queued as well as what is queued thereupon. */
  private void cancel(String name) {
    await()
        .atMost(Flow.LIMIT)
        .until(
            () -> {
              Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel(name + "-*");
              return flow.ends(name + "-" + (2 * QUEUE - 1)).size() == 1;
            });
  }

  private int queued() {
    return flow.<Integer>ledger(ledger -> ledger.forOperators().queued());
  }
}
