package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A message that a stop of its route breaks off before the claim, or just before its transfer was
 * to rest, is not the end of the transfer (I5). That Camel breaks off there is a matter of
 * microseconds; here a step waits in these places.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RejectedMessageTest {

  private static final String ROUTE = "transfer-file";
  private static final String HOLD = "dromedary.test.hold";

  private static final String CLAIM =
      """
              - bean:
                  id: claim
      """;

  private static final String REST =
      """
                            - bean:
                                id: rest
      """;

  private final GeneratedContent content = new GeneratedContent(1, 1000);

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin origin;

  @SuppressWarnings("NullAway.Init")
  private Flow flow;

  @BeforeEach
  void start(@TempDir Path directory) {
    origin = ScriptedOrigin.start();
    flow = Flow.prepared(directory, Map.of());
    flow.editRoute(ROUTE, CLAIM, held("claim").indent(8) + CLAIM);
    flow.editRoute("failures", REST, held("rest").indent(22) + REST);
    flow.start();
  }

  @AfterEach
  void stop() {
    System.clearProperty(HOLD);
    flow.close();
    origin.close();
  }

  @Test
  void transferThatAPollHadQueuedIsQueuedAgain() {
    System.setProperty(HOLD, "claim");
    flow.add(RunningFlow.serve(origin, "queued.bin", content));

    breakOff();

    assertLandedAfter(1, "queued.bin");
  }

  @Test
  void transferThatWasCalledFromItsRestIsCalledAgain() {
    origin.script("/called.bin", Status.retryAfter(503, Duration.ofSeconds(2)));
    flow.add(RunningFlow.serve(origin, "called.bin", content));
    flow.awaitState("called.bin", TransferState.RETRYING);
    System.setProperty(HOLD, "claim");

    breakOff();

    assertLandedAfter(2, "called.bin");
  }

  @Test
  void transferThatWasAboutToRestComesAgain() {
    origin.script("/tired.bin", Status.retryAfter(503, Duration.ofSeconds(2)));
    System.setProperty(HOLD, "rest");
    flow.add(RunningFlow.serve(origin, "tired.bin", content));
    flow.awaitState("tired.bin", TransferState.RETRYING);

    breakOff();

    assertLandedAfter(2, "tired.bin");
  }

  private static String held(String where) {
    return """
        - filter:
            id: if-held-%1$s
            expression:
              simple:
                expression: "${sys.dromedary.test.hold} == '%1$s'"
            steps:
              - delay:
                  id: hold-%1$s
                  asyncDelayed: "false"
                  expression:
                    constant:
                      expression: "60000"
        """
        .formatted(where);
  }

  private void breakOff() {
    await().atMost(Flow.LIMIT).until(() -> flow.inflight(ROUTE) == 1);
    flow.stopRoute(ROUTE);
    System.clearProperty(HOLD);
    flow.startRoute(ROUTE);
  }

  private void assertLandedAfter(int requests, String id) {
    assertThat(flow.awaitEnd(id, 1).state()).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded(id, content)).isTrue();
    assertThat(origin.requests("/" + id)).hasSize(requests);
    assertThat(flow.<Integer>ledger(ledger -> ledger.active().size())).isZero();
  }
}
