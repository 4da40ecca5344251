package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.Content;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
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

  @Test
  void pollsAndWakesOn_whenTheClockIsSetBackBehindTheTimers() {
    Content content = content(10);
    Entry entry = serve("timers.bin", content);
    retryAfter("timers.bin", Duration.ofSeconds(3));
    Flow.delayTimers(AHEAD);
    clock.jump(AHEAD.negated());

    assertLanded(flow.fetch(entry), content);
    clock.jump(AHEAD);
  }

  @Test
  void pollsOn_whenItsRouteIsStoppedAndTheClockIsSetBackBehindItsTimer() {
    Content content = content(10);
    flow.stopRoute("poll-sources");
    Flow.delayTimers(AHEAD);
    clock.jump(AHEAD.negated());
    flow.startRoute("poll-sources");

    assertLanded(flow.fetch(serve("stopped.bin", content)), content);
    clock.jump(AHEAD);
  }

  @Test
  void waitsNoLongerThanItWasTold() {
    Content content = content(10);
    Entry entry = serve("waits.bin", content);
    retryAfter("waits.bin", Duration.ofSeconds(3));
    clock.jump(AHEAD);
    flow.add(entry);
    flow.awaitState("waits.bin", TransferState.RETRYING);
    clock.jump(AHEAD.negated());

    assertLanded(flow.awaitEnd("waits.bin", 1), content);
  }

  @Test
  void waitsNoLongerThanItWasTold_afterARestart() {
    Content content = content(10);
    Entry entry = serve("kept.bin", content);
    retryAfter("kept.bin", Duration.ofSeconds(3));
    clock.jump(AHEAD);
    flow.add(entry);
    flow.awaitState("kept.bin", TransferState.RETRYING);
    flow.stop();
    clock.jump(AHEAD.negated());
    flow.start();

    assertLanded(flow.awaitEnd("kept.bin", 1), content);
  }

  @Test
  void tellsHowLongAWaitStillIs() {
    Entry entry = serve("told.bin", content(10));
    retryAfter("told.bin", Duration.ofMinutes(30));
    clock.jump(AHEAD);
    flow.add(entry);
    flow.awaitState("told.bin", TransferState.RETRYING);
    clock.jump(AHEAD.negated());

    await()
        .atMost(Flow.LIMIT)
        .untilAsserted(
            () ->
                assertThat(nextAttempt("told.bin"))
                    .isBetween(
                        clock.instant().plus(Duration.ofMinutes(25)),
                        clock.instant().plus(Duration.ofMinutes(31))));
    flow.remove("told.bin");
  }

  @Test
  void waitsNoLess_whenTheClockIsSetForward() {
    Content other = content(10);
    Entry entry = serve("patient.bin", content(10));
    retryAfter("patient.bin", Duration.ofMinutes(30));
    flow.add(entry);
    flow.awaitState("patient.bin", TransferState.RETRYING);
    clock.jump(AHEAD);
    Entry next = serve("next.bin", other);
    origin.script("/next.bin", Status.retryAfter(503, Duration.ofSeconds(2)));
    assertLanded(flow.fetch(next), other);

    assertThat(requests("patient.bin")).as("not asked before its time").hasSize(1);
    clock.jump(AHEAD.negated());
    flow.remove("patient.bin");
  }

  private void retryAfter(String id, Duration wait) {
    origin.script("/" + id, Status.retryAfter(503, wait));
  }

  private Instant nextAttempt(String id) {
    return flow.<TransferRecord>ledger(ledger -> ledger.activeOf(id).orElseThrow()).nextAttemptAt();
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
