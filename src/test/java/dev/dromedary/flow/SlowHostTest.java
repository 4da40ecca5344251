package dev.dromedary.flow;

import static dev.dromedary.transfer.TransferState.CANCELLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.HostConnections;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that is slow or grants few connections keeps no other host waiting (ADR 0029). */
class SlowHostTest extends OperatedFlow {

  private static final int SIZE = 100_000;
  private static final int MANY = 8;

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin slow;

  @Override
  Map<String, String> settings() {
    return Map.of("transfer.concurrency", "4", "origin.connections", "1");
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
  void othersLandMeanwhile() {
    List<String> stalled = stall("stalled");

    Map<String, Content> quick = Map.of("quick-1", content(SIZE), "quick-2", content(SIZE));
    quick.forEach((id, content) -> flow.add(serve(id, content)));

    quick.forEach((id, content) -> assertLanded(flow.awaitEnd(id, 1), content));
    assertThat(stalled).allSatisfy(id -> assertThat(flow.ends(id)).isEmpty());
    assertThat(waiting()).isEqualTo(MANY - 1);
    cancel(stalled);
  }

  @Test
  void cancelledWaitForNothing() {
    List<String> stalled = stall("cancelled");
    List<String> queued = stalled.stream().filter(id -> !flow.running().contains(id)).toList();

    cancel(queued);

    await().atMost(Flow.LIMIT).until(() -> waiting() == 1);
    cancel(stalled.stream().filter(id -> !queued.contains(id)).toList());
  }

  @Test
  void cancelledWaitForNoConnection() {
    List<String> stalled = stall("unlinked");
    String waits = waitsForConnection();

    cancel(List.of(waits));

    cancel(stalled.stream().filter(id -> !id.equals(waits)).toList());
  }

  @Test
  void editOfTheHostFreesWhoWaitsForItsConnection() {
    List<String> stalled = stall("moved");
    String waits = waitsForConnection();
    Content content = content(SIZE);

    flow.add(serve(waits, content));

    assertLanded(flow.awaitEnd(waits, 1), content);
    assertThat(slow.requests("/" + waits)).isEmpty();
    cancel(stalled.stream().filter(id -> !id.equals(waits)).toList());
  }

  @Test
  void editOfTheHostFreesWhoWaits() {
    List<String> stalled = stall("edited");
    String last =
        stalled.stream().filter(id -> !flow.running().contains(id)).findFirst().orElseThrow();
    Content content = content(SIZE);

    flow.add(serve(last, content));

    assertLanded(flow.awaitEnd(last, 1), content);
    cancel(stalled.stream().filter(id -> !id.equals(last)).toList());
  }

  /**
   * Adds sources of a host that grants one connection and says no more after the first half, and
   * waits until one has that connection, one waits for it, and the others for their turn.
   */
  private List<String> stall(String name) {
    Entry[] entries = stalled(slow, name, MANY, SIZE);
    flow.add(entries);
    await().atMost(Flow.LIMIT).until(() -> waiting() == MANY - 1 && flow.running().size() == 2);
    return Stream.of(entries).map(Entry::id).toList();
  }

  private void cancel(List<String> ids) {
    ids.forEach(id -> client.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel(id));
    ids.forEach(id -> assertThat(flow.awaitEnd(id, 1).state()).isEqualTo(CANCELLED));
  }

  private String host() {
    return "127.0.0.1:" + slow.uri("/").getPort();
  }

  /** Waits until one says that it waits for a connection, and returns its source. */
  private String waitsForConnection() {
    await().atMost(Flow.LIMIT).until(() -> waitForConnection().size() == 1);
    return waitForConnection().get(0);
  }

  private List<String> waitForConnection() {
    String reason = "waits for a connection to " + host();
    return client.bean(TransfersMXBean.NAME, TransfersMXBean.class).getRunning().stream()
        .filter(running -> reason.equals(running.reason()))
        .map(TransferStatus::source)
        .toList();
  }

  /** Returns how many transfers want a connection of the slow host. */
  private int waiting() {
    return client.bean(LimitsMXBean.NAME, LimitsMXBean.class).getHosts().stream()
        .filter(one -> one.host().equals(host()))
        .mapToInt(HostConnections::waitingTransfers)
        .sum();
  }
}
