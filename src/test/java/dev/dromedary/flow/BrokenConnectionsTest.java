package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BackendFault.SomeAtATime;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections that break after a few bytes are fewer where others are served, and bring a transfer
 * to its end where none is (I7).
 */
class BrokenConnectionsTest extends RunningFlow {

  private static final int SIZE = 6 << 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void asksWithFewConnections_whenAllButSomeAreResetAfterTheirFirstBytes(int served) {
    String id = "served-" + served;
    Content content = content(SIZE);
    Entry entry = serve(id, content).with("connections", "6");
    origin.forever(
        "/" + id, new LimitRate(4 << 20).and(new SomeAtATime(served, new CutAfter(1_000, true))));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(requests(id)).as("requests of %s", end).hasSizeLessThanOrEqualTo(30);
  }

  @Test
  void isGivenUp_whenEachConnectionBreaksAfterAByte() {
    Entry entry = serve("byte.bin", content(1_000_000));
    origin.forever("/byte.bin", new CutAfter(1, false));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.SHORT_BODY);
    assertThat(requests("byte.bin")).as("four count as one of three").hasSize(12);
    assertThat(end.receivedBytes()).as("kept").isEqualTo(12);
  }

  @Test
  void lands_whenEachConnectionBringsAFewOfTheBytesMissing() {
    Content content = content(60_000);
    Entry entry = serve("few.bin", content);
    origin.forever("/few.bin", new CutAfter(3_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests("few.bin")).hasSize(20);
  }

  @Test
  void lands_whenWhatTheConnectionsBringAddsUp() {
    Content content = content(1_000_000);
    Entry entry = serve("little.bin", content);
    Fault[] cuts = new Fault[20];
    Arrays.fill(cuts, new CutAfter(500, false));
    origin.script("/little.bin", cuts);
    assertLanded(flow.fetch(entry), content);
    assertThat(sent("little.bin")).isEqualTo(1_000_000);
  }

  @Test
  void restOfASilentConnectionIsFetchedByAnother_longBeforeItsServerIsGivenUp() {
    Content content = content(SIZE);
    Entry entry = serve("silent.bin", content).with("connections", "2");
    Fault slow = new LimitRate(2 << 20);
    origin.script("/silent.bin", slow, slow.and(new StallAfter(100_000)));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("silent.bin")).isEmpty();
    assertThat(sent("silent.bin")).isLessThan(SIZE + 16L * CHUNK);
  }
}
