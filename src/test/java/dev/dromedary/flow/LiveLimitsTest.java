package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.Content;
import dev.dromedary.observe.HostConnections;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.ServiceMXBean;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Limits that are changed while transfers run hold for what runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveLimitsTest extends OperatedFlow {

  private static final long MIB = 1 << 20;

  @Override
  Map<String, String> settings() {
    return Map.of("transfer.concurrency", "1", "origin.connections", "2", "poll.interval", "100ms");
  }

  @Test
  void moreTransfersRunThanTheServiceWasStartedFor() {
    origin.rateLimitPerConnection(MIB / 2);
    Content content = content(20 * MIB);
    flow.add(
        serve("one.bin", content).with("connections", "1"),
        serve("two.bin", content).with("connections", "1"),
        serve("three.bin", content).with("connections", "1"));
    limits().setConnectionsPerHost(8);
    await().atMost(Flow.LIMIT).until(() -> service().getInFlight() == 1);
    assertThat(limits().getConcurrency()).isEqualTo(1);

    limits().setConcurrency(3);

    await().atMost(Flow.LIMIT).until(() -> service().getInFlight() == 3);
    assertThatThrownBy(() -> limits().setConcurrency(33)).hasMessageContaining("expected 1 to 32");
    origin.rateLimitPerConnection(0);
    for (String name : List.of("one.bin", "two.bin", "three.bin")) {
      assertLanded(flow.awaitEnd(name, 1), content);
      flow.remove(name);
    }
    limits().setConcurrency(1);
    limits().setConnectionsPerHost(2);
  }

  @Test
  void hostHasMoreConnections_assoonAsItMay() {
    origin.rateLimitPerConnection(MIB / 2);
    Content content = content(40 * MIB);
    flow.add(serve("wide.bin", content).with("connections", "6"));
    await().atMost(Flow.LIMIT).until(() -> used(2, 2));

    limits().limitOriginConnections("127.0.0.1", 5);

    await().atMost(Flow.LIMIT).until(() -> used(5, 5));
    assertThat(limits().getOriginConnections()).isEqualTo(Map.of("127.0.0.1", 5));
    limits().limitOriginConnections("127.0.0.1", 3);
    assertThat(limits().getHosts()).extracting(HostConnections::granted).containsExactly(3);
    origin.rateLimitPerConnection(0);
    assertLanded(flow.awaitEnd("wide.bin", 1), content);
    limits().limitOriginConnections("127.0.0.1", LimitsMXBean.CONFIGURED);
    flow.remove("wide.bin");
    await().atMost(Flow.LIMIT).until(() -> limits().getHosts().isEmpty());
  }

  @Test
  void sourceThatIsNotInTheListIsRefused_withTheOneThatWasMeant() {
    flow.add(serve("nightly.bin", content(1000)));
    flow.awaitEnd("nightly.bin", 1);
    assertThatThrownBy(() -> limits().limitSource("nihgtly.bin", 1000))
        .hasMessageContaining("source 'nihgtly.bin': not in the source list, did you mean")
        .hasMessageContaining("'nightly.bin'?");
    limits().limitSource("nightly.bin", 1000);
    assertThat(limits().getSourceBytesPerSecond()).isEqualTo(Map.of("nightly.bin", 1000L));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void refusedSourceListIsTold_untilItIsGood() {
    assertThat(service().getRefusedFiles()).isEmpty();
    flow.writeList("sources:\n  - ur: https://user:secret@example.org/x?token=secret\n");
    await().atMost(Flow.LIMIT).until(() -> !service().getRefusedFiles().isEmpty());
    assertThat(service().getRefusedFiles())
        .hasEntrySatisfying(
            service().getSourceList(),
            why -> assertThat(why).contains("'ur'").doesNotContain("secret"));
    flow.writeList("sources: []\n");
    await().atMost(Flow.LIMIT).until(() -> service().getRefusedFiles().isEmpty());
  }

  private boolean used(int granted, int used) {
    return limits().getHosts().stream()
        .anyMatch(
            host ->
                host.granted() == granted && host.used() == used && host.waitingTransfers() <= 1);
  }

  private LimitsMXBean limits() {
    return client.bean(LimitsMXBean.NAME, LimitsMXBean.class);
  }

  private ServiceMXBean service() {
    return client.bean(ServiceMXBean.NAME, ServiceMXBean.class);
  }
}
