package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route that an operator cut too much from lands nothing, and says so (promise I5). */
class MissingStepTest {

  private static final String VERIFY =
      """
                    - bean:
                        id: verify
                        ref: transferSteps
                        method: verify
      """;

  private static final String CONFIRM =
      """
              - bean:
                  id: confirm
                  ref: deliverySteps
                  method: confirm
      """;

  @Test
  void transferWithoutItsVerificationFails(@TempDir Path directory) throws Exception {
    TransferEvent end = end(directory, "attempt-transfer", VERIFY);

    assertThat(end.reason()).contains("outcome COMPLETE, expected VERIFIED or UNCHANGED");
    assertThat(directory.resolve("landing")).isEmptyDirectory();
  }

  @Test
  void transferWhoseDeliveryNobodyConfirmedFails(@TempDir Path directory) throws Exception {
    TransferEvent end = end(directory, "deliver-file", CONFIRM);

    assertThat(end.reason()).contains("outcome READY, expected LANDED");
  }

  private static TransferEvent end(Path directory, String route, String step) throws Exception {
    GeneratedContent content = new GeneratedContent(1, 100_000);
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Flow flow = Flow.prepared(directory, Map.of())) {
      origin.put(Resource.of("/a.bin", content));
      flow.editRoute(route, step, "");
      flow.add(RunningFlow.serve(origin, "a.bin", content));

      TransferEvent end = flow.pollOnce().get(0);

      assertThat(end.state()).isEqualTo(TransferState.FAILED);
      assertThat(end.code()).isEqualTo(FailureCode.ROUTES);
      return end;
    }
  }
}
