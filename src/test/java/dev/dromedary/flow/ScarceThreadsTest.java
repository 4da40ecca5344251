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

/**
 * A system without a thread to give costs the connection that would have needed it; where that is
 * the only one, the transfer is tried again. It leaves none waiting, nor a connection taken (I5).
 */
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
  void letThreadsEnd() {
    await().atMost(Flow.LIMIT).until(() -> ScarceThreads.ALIVE.get() == 0);
    ScarceThreads.MOST.set(PLENTY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void transferIsTriedAgain_whenNoThreadIsLeftToFetch(int threads) {
    String id = "none-" + threads;
    Content content = content(1 << 20);
    Entry entry = serve(id, content).with("connections", "4").withDigestOf(content);
    ScarceThreads.MOST.set(threads);

    TransferEvent end = flow.fetch(entry);

    assertFailed(end, FailureCode.NO_THREAD);
    assertThat(end.reason()).contains("no thread could be started");
    assertThat(flow.failures(id)).hasSize(3).containsOnly("NO_THREAD");
    assertThat(requests(id)).isEmpty();
    await().atMost(Flow.LIMIT).until(() -> limits().getHosts().isEmpty());
    ScarceThreads.MOST.set(PLENTY);
    assertLanded(flow.fetchAgain(entry), content);
  }

  @Test
  void transferThatIsTriedAgainLands_whenThereAreThreads() {
    Content content = content(1 << 20);
    flow.listen(
        event -> {
          if (event.sourceId().equals("again.bin") && event.state() == TransferState.RETRYING) {
            ScarceThreads.MOST.set(PLENTY);
          }
        });
    ScarceThreads.MOST.set(0);

    TransferEvent end = flow.fetch(serve("again.bin", content));

    assertLanded(end, content);
    assertThat(end.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void transferGoesOnWithTheConnectionsThatHaveThreads(int threads) {
    String id = "scarce-" + threads;
    Content content = content(4 << 20);
    origin.forever("/" + id, new LimitRate(2_000_000));
    ScarceThreads.MOST.set(threads);

    TransferEvent end =
        flow.fetch(serve(id, content).with("connections", "6").withDigestOf(content));

    assertLanded(end, content);
    assertThat(end.attempts()).isEqualTo(1);
    assertThat(mostAtOnce(requests(id))).isGreaterThanOrEqualTo(threads - 1);
    await().atMost(Flow.LIMIT).until(() -> limits().getHosts().isEmpty());
  }

  @Test
  void onePartNeedsNoThreadToAskForTheNext() {
    Content content = content(1 << 20);
    ScarceThreads.MOST.set(2);

    assertLanded(flow.fetch(serve("two.bin", content).with("connections", "1")), content);
  }

  private static LimitsMXBean limits() {
    return Flow.bean(LimitsMXBean.NAME, LimitsMXBean.class);
  }
}
