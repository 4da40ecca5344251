package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.AfterOthers;
import dev.dromedary.demo.BackendFault.SlowStart;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import dev.dromedary.observe.TransferEvent;
import org.junit.jupiter.api.Test;

/**
 * A request that is turned away beside another costs its connection, also when the other has ended
 * before that is known.
 */
class OneTooManyTest extends RunningFlow {

  private static final int TWO_PARTS = 8_448_608;

  @Test
  void whatIsClosedCostsNoAttempt() {
    Fault closed = new AfterOthers(new CloseWithoutAnswer());

    // the client repeats once what was closed on a connection that it had kept
    assertLandsAtOnce("closed.bin", closed, closed);
  }

  @Test
  void whatIsAnsweredWithNotFoundIsNoDeadLetter() {
    assertLandsAtOnce("404.bin", new AfterOthers(new Status(404)));
  }

  @Test
  void whatIsAnsweredWithUnavailableCostsNoAttempt() {
    assertLandsAtOnce("503.bin", new AfterOthers(new Status(503)));
  }

  private void assertLandsAtOnce(String id, Fault... refusals) {
    Content content = content(TWO_PARTS);
    Entry entry = serve(id, content).with("connections", "2");
    origin.script("/" + id, new SlowStart(4 << 20, 2 << 20));
    origin.script("/" + id, refusals);

    TransferEvent end = flow.fetch(entry);

    assertLanded(end, content);
    assertThat(end.attempts()).isEqualTo(1);
    assertThat(flow.failures(id)).isEmpty();
  }
}
