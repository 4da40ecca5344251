package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BackendFault.SomeAtATime;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break after a few bytes, where others are served, are fewer from then on. */
class BrokenConnectionsTest extends RunningFlow {

  private static final int SIZE = 6 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void asksWithFewConnections_whenAllButSomeAreResetAfterTheirFirstBytes(int served) {
    String id = "served-" + served;
    Content content = content(SIZE);
    Entry entry = serve(id, content).with("connections", "6");
    origin.forever(
        "/" + id, new LimitRate(4 << 20).and(new SomeAtATime(served, new CutAfter(1_000, true))));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(requests(id)).as("requests of %s", end).hasSizeLessThanOrEqualTo(12);
  }
}
