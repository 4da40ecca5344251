package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A part that is handed out, and does not get as far as the route that fetches it. */
@Timeout(60)
class UnfetchedPartTest extends RunningFlow {

  @Override
  void prepare(Flow prepared) {
    prepared.editRoute(
        "attempt-transfer",
        "              - to:\n                  id: fetch\n",
        """
        - filter:
            expression:
              simple:
                expression: "${exchangeProperty.transfer.source.id} == 'broken.bin'"
            steps:
              - throwException:
                  exceptionType: java.io.IOException
                  message: own step
        - to:
            id: fetch
        """
            .indent(14));
  }

  @Test
  void failsItsAttempt_andKeepsNobodyElseWaiting() {
    Content content = content(100_000);

    TransferEvent broken = flow.fetch(serve("broken.bin", content));
    assertThat(broken.state()).isEqualTo(TransferState.FAILED);
    assertThat(broken.reason()).contains("own step");
    assertThat(flow.inflight("transfer-file")).isZero();

    assertThat(flow.fetch(serve("right.bin", content)).state()).isEqualTo(TransferState.LANDED);
  }
}
