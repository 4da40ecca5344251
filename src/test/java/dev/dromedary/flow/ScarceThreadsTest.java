package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system without a thread to give leaves no transfer waiting, nor a connection taken (I5). */
class ScarceThreadsTest extends RunningFlow {

  private static final int PLENTY = 1_000_000;
  private static final String SPLIT = "        - split:\n";
  private static final String TAKE =
      """
              - bean:
                  id: take-threads
                  beanType: dev.dromedary.flow.ScarceThreads
                  method: take
      """;

  @Override
  void prepare(Flow prepared) {
    prepared.editRoute("attempt-transfer", SPLIT, TAKE + SPLIT);
  }

  @BeforeEach
  void giveThreads() {
    ScarceThreads.LEFT.set(PLENTY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void transferFails_whicheverThreadCannotBeStarted(int threads) {
    String id = "scarce-" + threads;
    Content content = content(4 << 20);
    Entry entry = serve(id, content).with("connections", "4").withDigestOf(content);
    origin.forever("/" + id, new LimitRate(2_000_000));
    ScarceThreads.LEFT.set(threads);

    TransferEvent end = flow.fetch(entry);

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.FAILED);
    assertThat(end.code()).isEqualTo(FailureCode.BUG_FOUND);
    assertThat(end.reason()).contains("no thread could be started");
    await().atMost(Flow.LIMIT).until(() -> limits().getHosts().isEmpty());
    ScarceThreads.LEFT.set(PLENTY);
    origin.clearScript("/" + id);
    assertLanded(flow.fetchAgain(entry.with("connections", "2")), content);
  }

  @Test
  void onePartNeedsNoThreadToAskForTheNext() {
    Content content = content(1 << 20);
    ScarceThreads.LEFT.set(2);

    assertLanded(flow.fetch(serve("two.bin", content).with("connections", "1")), content);
  }

  private static LimitsMXBean limits() {
    return Flow.bean(LimitsMXBean.NAME, LimitsMXBean.class);
  }
}
