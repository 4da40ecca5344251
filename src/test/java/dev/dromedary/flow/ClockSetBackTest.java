package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was noted while the clock was ahead is not waited for until it is that late (I5, I7). */
class ClockSetBackTest extends RunningFlow {

  private static final Duration AHEAD = Duration.ofHours(2);
  private static final String EACH_SECOND = "'* * * * * ?'";

  private final JumpingClock clock = new JumpingClock();

  @Override
  void prepare(Flow prepared) {
    prepared.goBy(clock);
  }

  @Test
  void cronThatWasPolledByAClockAhead_isPolledAtItsNextTime() {
    polledAhead("running.bin");
    clock.jump(AHEAD.negated());
    assertIsPolledOn("running.bin");
  }

  @Test
  void cronThatWasPolledByAClockAhead_isPolledAtItsNextTime_afterARestart() {
    polledAhead("restarted.bin");
    flow.stop();
    clock.jump(AHEAD.negated());
    flow.start();
    assertIsPolledOn("restarted.bin");
  }

  @Test
  void cronThatIsNew_isPolledAtItsFirstTime() {
    flow.stop();
    clock.jump(AHEAD);
    flow.start();
    clock.jump(AHEAD.negated());
    Content content = content(10);
    assertLanded(flow.fetch(serve("new.bin", content).with("cron", EACH_SECOND)), content);
    flow.remove("new.bin");
  }

  private void polledAhead(String id) {
    clock.jump(AHEAD);
    Content content = content(10);
    assertLanded(flow.fetch(serve(id, content).with("cron", EACH_SECOND)), content);
  }

  private void assertIsPolledOn(String id) {
    int ends = flow.ends(id).size();
    assertThat(flow.awaitEnd(id, ends + 2).state()).isEqualTo(TransferState.UNCHANGED);
    flow.remove(id);
  }
}
