package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the rest of a host is over one asks it, and its answer lets all go on at once. */
class RestedHostTest extends RunningFlow {

  private static final int SIZE = 1000;
  private static final int WAITING = 20;
  private static final int TRIES = 6;
  private static final Duration REST = Duration.ofSeconds(2);

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin host;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "2",
        "breaker.rest", REST.toSeconds() + "s",
        "retry.backoff", "500ms",
        "retry.backoff-max", "2s",
        "retry.tries", String.valueOf(TRIES));
  }

  @BeforeEach
  void startHost() {
    host = ScriptedOrigin.start();
  }

  @AfterEach
  void stopHost() {
    host.close();
  }

  @Test
  void oneAsksForAll_andAllGoOnAtItsAnswer() {
    letRest("asked", 1);
    Map<String, Content> waiting = new LinkedHashMap<>();
    Entry[] entries = new Entry[WAITING];
    for (int i = 0; i < WAITING; i++) {
      String id = "waiting-" + i;
      waiting.put(id, content(SIZE));
      entries[i] = serve(host, id, waiting.get(id));
    }
    flow.add(entries);

    waiting.forEach(
        (id, content) -> {
          TransferEvent landed = flow.awaitEnd(id, 1);
          assertLanded(landed, content);
          assertThat(landed.attempts()).as("a rest is no attempt").isEqualTo(1);
        });
    assertThat(waiting.keySet())
        .as("met the rest once and then went on")
        .allSatisfy(id -> assertThat(rests(id)).hasSize(1));
  }

  @Test
  void whatIsAllHereWaitsForNoHost() {
    Content content = content(SIZE);
    String digest = HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256));
    origin.put(
        Resource.of(
            "/here.sha256",
            new FixedContent((digest + "  here\n").getBytes(StandardCharsets.US_ASCII))));
    origin.script("/here.sha256", new Status(503));
    flow.add(
        serve(host, "here", content).with("digestFrom", "'" + origin.uri("/here.sha256") + "'"));
    flow.awaitState("here", TransferState.RETRYING);
    letRest("away", TRIES);

    assertLanded(flow.awaitEnd("here", 1), content);
    assertThat(rests("here")).isEmpty();
  }

  @Test
  void mirrorThatRestsIsWaitedFor_whereTheOtherOneFails() {
    letRest("busy", 1);
    Content content = content(SIZE);
    origin.forever("/both", new Status(503));
    flow.add(serveAtBoth(origin, host, "both", content));

    assertLanded(flow.awaitEnd("both", 1), content);
    assertThat(requests("both")).as("not asked in vain meanwhile").hasSizeLessThan(TRIES);
  }

  /** Lets the host rest, since two sources at once get so many refusals each. */
  private void letRest(String name, int refusals) {
    Status[] refused = new Status[refusals];
    Arrays.fill(refused, new Status(503));
    List<String> ids = List.of(name + "-1", name + "-2");
    ids.forEach(id -> host.script("/" + id, refused));
    flow.add(ids.stream().map(id -> serve(host, id, content(SIZE))).toArray(Entry[]::new));
    await().atMost(Flow.LIMIT).until(() -> ids.stream().allMatch(id -> isHeldUp(id, REST)));
  }

  private List<TransferEvent> rests(String id) {
    return flow.events(id).stream()
        .filter(event -> event.code() == FailureCode.HOST_RESTING)
        .toList();
  }
}
