package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.NotificationType;
import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.Notification;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;
import org.junit.jupiter.api.Test;

/** What Prometheus reads, read by a parser of its format. */
class MetricsTest extends ConsoleFixture {

  @Test
  void transfersAreCountedByOutcomeAndCode_alsoBeforeTheFirstScrape() throws IOException {
    board.ended(event(TransferState.LANDED, 4 << 20, 5 << 20, null));
    board.ended(event(TransferState.FAILED, 0, 0, FailureCode.NOT_FOUND));
    board.changed(event(TransferState.RETRYING, 0, 100, FailureCode.STALLED));
    Map<String, MetricFamily> first = scrape();
    board.ended(event(TransferState.LANDED, 1 << 20, 1 << 20, null));
    Map<String, MetricFamily> second = scrape();

    assertThat(counter(first, "dromedary_transfers_total", "outcome", "landed")).isEqualTo(1);
    assertThat(counter(second, "dromedary_transfers_total", "outcome", "landed")).isEqualTo(2);
    assertThat(counter(second, "dromedary_transfers_total", "code", "E4404")).isEqualTo(1);
    assertThat(counter(second, "dromedary_attempts_failed_total", "code", "E1007")).isEqualTo(1);
    assertThat(counter(second, "dromedary_landed_bytes_total", "", "")).isEqualTo(5 << 20);
    assertThat(counter(second, "dromedary_refetched_bytes_total", "", "")).isEqualTo(1 << 20);
    assertThat(get("/metrics").body().lines())
        .contains(
            "# TYPE dromedary_transfer_duration_seconds histogram",
            "dromedary_transfer_duration_seconds_bucket{le=\"1.0\"} 0",
            "dromedary_transfer_duration_seconds_bucket{le=\"5.0\"} 2",
            "dromedary_transfer_duration_seconds_bucket{le=\"+Inf\"} 2",
            "dromedary_transfer_duration_seconds_count 2",
            "dromedary_transfer_duration_seconds_sum 4.0",
            "dromedary_transfer_rate_bytes_per_second_count 2");
  }

  @Test
  void beansAreToldAsTheyAreAtTheScrape() throws IOException {
    beans.service.received.set(123456);
    Map<String, MetricFamily> families = scrape();
    assertThat(counter(families, "dromedary_received_bytes_total", "", "")).isEqualTo(123456);
    assertThat(gauge(families, "dromedary_in_flight")).isEqualTo(3);
    assertThat(gauge(families, "dromedary_queue_depth")).isEqualTo(12);
    assertThat(gauge(families, "dromedary_disk_free_bytes")).isEqualTo(500.0 * (1L << 30));
    assertThat(gauge(families, "dromedary_disk_reserved_bytes")).isEqualTo(3.0 * (1L << 30));
    assertThat(gauge(families, "dromedary_dead_letters")).isEqualTo(3);
    assertThat(gauge(families, "dromedary_breaker_open")).isEqualTo(1);
    assertThat(gauge(families, "dromedary_refused_files")).isEqualTo(0);
    assertThat(gauge(families, "dromedary_waiting")).isEqualTo(1);
    assertThat(gauge(families, "dromedary_sources")).isEqualTo(1000);
    assertThat(families).containsKeys("jvm_memory_used_bytes", "jvm_threads_live_threads");
  }

  @Test
  void openBreakerIsCounted() throws IOException {
    scrape();
    beans.notifier.sendNotification(
        new Notification(
            NotificationType.BREAKER_OPEN.type(),
            Beans.name(ServiceMXBean.NAME),
            1,
            "example.org"));
    assertThat(counter(scrape(), "dromedary_breaker_opened_total", "", "")).isEqualTo(1);
  }

  private Map<String, MetricFamily> scrape() throws IOException {
    Answer answer = get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    CollectorPrometheusMetricsWalker walker = new CollectorPrometheusMetricsWalker();
    new TextPrometheusMetricsProcessor(
            new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)), walker)
        .walk();
    Map<String, MetricFamily> families = new LinkedHashMap<>();
    walker.getAllMetricFamilies().forEach(family -> families.put(family.getName(), family));
    return families;
  }

  private static MetricFamily family(Map<String, MetricFamily> families, String name) {
    assertThat(families).containsKey(name);
    return java.util.Objects.requireNonNull(families.get(name));
  }

  private static double counter(
      Map<String, MetricFamily> families, String name, String label, String value) {
    return family(families, name).getMetrics().stream()
        .filter(metric -> label.isEmpty() || value.equals(metric.getLabels().get(label)))
        .mapToDouble(metric -> ((Counter) metric).getValue())
        .sum();
  }

  private static double gauge(Map<String, MetricFamily> families, String name) {
    return ((Gauge) family(families, name).getMetrics().get(0)).getValue();
  }
}
