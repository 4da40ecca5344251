package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ServiceMXBean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.Notification;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A remote JMX client hears of hosts that rest and of a disk that is too small. */
class NoticesTest extends OperatedFlow {

  private final List<Notification> heard = new CopyOnWriteArrayList<>();

  @Override
  Map<String, String> settings() {
    return Map.of(
        "breaker.sources", "2",
        "retry.backoff", "1h",
        "retry.backoff-max", "2h",
        "disk.keep-free", "900TiB",
        "disk.check-interval", "1h");
  }

  @BeforeAll
  void listen() throws Exception {
    client
        .beans()
        .addNotificationListener(
            JmxClient.name(ServiceMXBean.NAME), (told, unused) -> heard.add(told), null, null);
  }

  @Test
  void hostThatRestsIsTold_withItsNameAndUntilWhen() {
    try (ScriptedOrigin sick = ScriptedOrigin.start()) {
      Entry[] entries = new Entry[3];
      for (int i = 0; i < entries.length; i++) {
        sick.forever("/sick-" + i, new Status(503));
        entries[i] = Entry.of("sick-" + i, sick.uri("/sick-" + i));
      }
      flow.add(entries);
      Map<?, ?> told = await(NotificationType.BREAKER_OPEN);
      assertThat(told.get("host")).isEqualTo(sick.uri("/").getAuthority());
      assertThat(String.valueOf(told.get("until"))).matches("\\d{4}-.*Z");
    }
  }

  @Test
  void diskThatIsTooSmallIsTold_withWhatIsFree() {
    flow.add(serve("large.bin", content(1_000_000)));
    Map<?, ?> told = await(NotificationType.DISK_LOW);
    assertThat(String.valueOf(told.get("free"))).matches("\\d+");
  }

  private Map<?, ?> await(NotificationType type) {
    return Awaitility.await()
        .atMost(Flow.LIMIT)
        .until(
            () ->
                heard.stream()
                    .filter(told -> told.getType().equals(type.type()))
                    .<Map<?, ?>>map(told -> (Map<?, ?>) told.getUserData())
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
