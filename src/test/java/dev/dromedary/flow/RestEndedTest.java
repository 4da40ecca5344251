package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An operator who knows that a host is back need not wait for the end of its rest. */
class RestEndedTest extends OperatedFlow {

  private static final int SIZE = 1000;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "1",
        "breaker.rest", "10m",
        "retry.backoff", "1s",
        "retry.backoff-max", "10m",
        "retry.tries", "3");
  }

  @Test
  void retryEndsTheRest_forAllThatWaitForIt() {
    Content first = content(SIZE);
    Content second = content(SIZE);
    Content third = content(SIZE);
    origin.script("/first", new Status(503));
    flow.add(serve("first", first));
    TransferEvent failed = flow.awaitState("first", TransferState.RETRYING);
    assertThat(Objects.requireNonNull(failed.nextAttemptAt()))
        .as("told is what will be: its host rests")
        .isAfter(failed.at().plusSeconds(500));
    flow.add(serve("second", second), serve("third", third));
    flow.awaitState("second", TransferState.RETRYING);
    flow.awaitState("third", TransferState.RETRYING);

    retry("third");

    assertLanded(flow.awaitEnd("third", 1), third);
    assertLanded(flow.awaitEnd("second", 1), second);
    assertLanded(flow.awaitEnd("first", 1), first);
  }

  @Test
  void ofTwoMirrorsThatRestTheOneThatIsAskedFirstIsWaitedFor() {
    try (ScriptedOrigin sooner = ScriptedOrigin.start();
        ScriptedOrigin later = ScriptedOrigin.start()) {
      Content one = content(SIZE);
      letRest(sooner, "sooner", one);
      letRest(later, "later", content(SIZE));
      Content content = content(SIZE);
      flow.add(serveAtBoth(later, sooner, "both", content));
      flow.awaitState("both", TransferState.RETRYING);

      retry("sooner");

      assertLanded(flow.awaitEnd("sooner", 1), one);
      assertLanded(flow.awaitEnd("both", 1), content);
      assertThat(later.requests("/both")).isEmpty();
    }
  }

  private void letRest(ScriptedOrigin host, String id, Content content) {
    host.script("/" + id, new Status(503));
    flow.add(serve(host, id, content));
    flow.awaitState(id, TransferState.RETRYING);
  }

  private void retry(String id) {
    assertThat(client.bean(TransfersMXBean.NAME, TransfersMXBean.class).retry(id).changed())
        .isEqualTo(1);
  }
}
