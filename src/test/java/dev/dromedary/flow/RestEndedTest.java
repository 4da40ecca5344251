package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator who knows that a host is back need not wait for the end of its rest. */
class RestEndedTest extends OperatedFlow {

  private static final int SIZE = 1000;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "1",
        "breaker.rest", "10m",
        "retry.backoff", "10m",
        "retry.backoff-max", "10m");
  }

  @Test
  void retryEndsTheRest_forAllThatWaitForIt() {
    Content first = content(SIZE);
    Content second = content(SIZE);
    origin.script("/first", new Status(503));
    flow.add(serve("first", first));
    flow.awaitState("first", TransferState.RETRYING);
    flow.add(serve("second", second));
    flow.awaitState("second", TransferState.RETRYING);

    assertThat(client.bean(TransfersMXBean.NAME, TransfersMXBean.class).retry("first").changed())
        .isEqualTo(1);

    assertLanded(flow.awaitEnd("first", 1), first);
    assertLanded(flow.awaitEnd("second", 1), second);
  }
}
