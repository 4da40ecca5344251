package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A route that an operator stops and starts by Camel's own bean loses no transfer, and fetches none
 * twice (I2, I5).
 */
class RouteRestartTest extends RunningFlow {

  private static final int MANY = 40;

  private static final String ROUTE = "transfer-file";

  /** {@code transfer.concurrency}: so many are at work, the others in the queue. */
  private static final int RUNNING = 1;

  private static final int MANY_AT_ONCE = 12;

  /** Each may take one more from the queue while its route stops. */
  private static final int WORKERS = 32;

  private static final int SIZE = 100_000;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "transfer.concurrency",
        "1",
        "retry.tries",
        "1000",
        "retry.backoff",
        "500ms",
        "retry.backoff-max",
        "500ms");
  }

  @Test
  void whatWasQueuedLandsOnce() {
    Content first = stall("first.bin");
    Map<String, Content> queued = many("queued");
    add(queued);
    awaitFull();

    restart();

    assertLandedOnce(queued, 1);
    assertLanded(flow.awaitEnd("first.bin", 1), first);
    assertThat(sent("first.bin")).isLessThan(SIZE + 2L * CHUNK);
    assertThat(requests("first.bin").get(0).endedAt()).as("end of the stalled request").isPresent();
    assertNothingIsLeft();
  }

  @Test
  void whatWasCalledFromItsRestLandsOnce() {
    Map<String, Content> called = many("called");
    called
        .keySet()
        .forEach(id -> origin.script("/" + id, Status.retryAfter(503, Duration.ofSeconds(5))));
    add(called);
    called.keySet().forEach(id -> flow.awaitState(id, TransferState.RETRYING));
    Content first = stall("before.bin");
    awaitFull();

    restart();

    assertLandedOnce(called, 2);
    assertLanded(flow.awaitEnd("before.bin", 1), first);
    assertNothingIsLeft();
  }

  @Test
  void whatIsPurgedFromTheQueueLandsOnce() {
    Content first = stall("purged-first.bin");
    Map<String, Content> queued = many("purged");
    add(queued);
    awaitFull();

    assertThat(flow.purge("seda://transfers")).as("messages purged").isPositive();
    restart();

    assertLandedOnce(queued, 1);
    assertLanded(flow.awaitEnd("purged-first.bin", 1), first);
    assertNothingIsLeft();
  }

  @Test
  void whatIsTriedAgainIsNotGivenUp() {
    Content content = content(SIZE);
    Entry entry = serve("retried.bin", content);
    origin.forever("/retried.bin", new Status(500));
    flow.add(entry);
    flow.awaitState("retried.bin", TransferState.RETRYING);

    flow.stopRoute(ROUTE);
    origin.clearScript("/retried.bin");
    flow.startRoute(ROUTE);

    assertLanded(flow.awaitEnd("retried.bin", 1), content);
    assertNothingIsLeft();
  }

  @Test
  void asManyRunAsBefore() throws Exception {
    stall("broken-off.bin");
    restart();
    flow.awaitEnd("broken-off.bin", 1);
    try (JmxClient client = JmxClient.connect()) {
      client.bean(LimitsMXBean.NAME, LimitsMXBean.class).setConcurrency(MANY_AT_ONCE);
      Map<String, Content> stalled = many("stalled");
      stalled.keySet().forEach(id -> origin.script("/" + id, new StallAfter(500)));
      add(stalled);

      await().atMost(Flow.LIMIT).until(() -> flow.inflight(ROUTE) == MANY_AT_ONCE);

      stalled.keySet().forEach(id -> origin.clearScript("/" + id));
      restart();
      stalled.forEach((id, content) -> assertLanded(flow.awaitEnd(id, 1), content));
      client.bean(LimitsMXBean.NAME, LimitsMXBean.class).setConcurrency(RUNNING);
    }
    assertNothingIsLeft();
  }

  /** Lets a transfer take the only place, until its route breaks it off. */
  private Content stall(String id) {
    Content content = content(SIZE);
    Entry entry = serve(id, content);
    origin.script("/" + id, new StallAfter(SIZE / 2));
    flow.add(entry);
    flow.awaitReceived(id, SIZE / 2);
    return content;
  }

  private Map<String, Content> many(String name) {
    Map<String, Content> files = new LinkedHashMap<>();
    for (int i = 0; i < MANY; i++) {
      files.put(name + "-" + i, content(1000));
    }
    return files;
  }

  private void add(Map<String, Content> files) {
    flow.add(
        files.entrySet().stream()
            .map(file -> serve(file.getKey(), file.getValue()))
            .toArray(Entry[]::new));
  }

  /** Waits until one is at work and the rest in the queue. */
  private void awaitFull() {
    await().atMost(Flow.LIMIT).until(() -> flow.inflight(ROUTE) == RUNNING);
    await()
        .atMost(Flow.LIMIT)
        .until(() -> flow.<Integer>ledger(ledger -> ledger.active().size()) == MANY + 1);
  }

  private void restart() {
    flow.stopRoute(ROUTE);
    flow.startRoute(ROUTE);
  }

  private void assertLandedOnce(Map<String, Content> files, int requests) {
    files.keySet().forEach(id -> flow.awaitEnd(id, 1));
    int all = 0;
    for (Map.Entry<String, Content> file : files.entrySet()) {
      String id = file.getKey();
      assertLanded(flow.awaitEnd(id, 1), file.getValue());
      assertThat(flow.ends(id)).as("ends of %s", id).hasSize(1);
      assertThat(requests(id)).as("requests of %s", id).hasSizeGreaterThanOrEqualTo(requests);
      all += requests(id).size();
    }
    // what a worker began with while the route stopped was broken off, and asked for again
    assertThat(all).as("requests").isLessThanOrEqualTo(requests * files.size() + WORKERS);
  }

  private void assertNothingIsLeft() {
    assertThat(flow.<Integer>ledger(ledger -> ledger.active().size())).isZero();
  }
}
