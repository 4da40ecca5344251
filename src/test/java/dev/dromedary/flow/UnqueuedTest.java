package dev.dromedary.flow;

import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transfer whose message its queue refuses, as a broker that is away, is queued later (I5). */
class UnqueuedTest extends RunningFlow {

  @Override
  void prepare(Flow prepared) {
    QueueBeforeSend.in(prepared);
  }

  @AfterEach
  void comeBack() {
    QueueBeforeSend.back();
  }

  @Test
  void whatAPollCouldNotQueueIsQueuedByTheNext() {
    Content content = content(1000);
    QueueBeforeSend.away();
    flow.add(serve("polled.bin", content));

    awaitRefusal();

    assertLanded(flow.awaitEnd("polled.bin", 1), content);
  }

  @Test
  void whatCouldNotBeCalledFromItsRestIsCalledAgain() {
    Content content = content(1000);
    origin.script("/rested.bin", Status.retryAfter(503, Duration.ofSeconds(2)));
    flow.add(serve("rested.bin", content));
    flow.awaitState("rested.bin", TransferState.RETRYING);
    QueueBeforeSend.away();

    awaitRefusal();

    assertLanded(flow.awaitEnd("rested.bin", 1), content);
  }

  private static void awaitRefusal() {
    await().atMost(Flow.LIMIT).until(() -> QueueBeforeSend.refused() > 0);
    QueueBeforeSend.back();
  }
}
