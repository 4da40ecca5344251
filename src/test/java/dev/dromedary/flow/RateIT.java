package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rate limit holds bytes back without being taken for the server's fault. */
class RateIT extends RunningFlow {

  private static final int RATE = 200_000;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "limit.rate", Integer.toString(RATE),
        "http.stall-timeout", "150ms",
        "http.min-speed", "150kB",
        "http.min-speed-window", "1s");
  }

  @Test
  void lowRateIsObeyedByAllTransfersTogether_andTakenNeitherForAStallNorForSlowness() {
    Content one = content(250_000);
    Content other = content(250_000);
    Entry first = serve("one.bin", one);
    Entry second = serve("other.bin", other);
    flow.add(first, second);
    TransferEvent end = flow.awaitEnd("one.bin", 1);
    TransferEvent otherEnd = flow.awaitEnd("other.bin", 1);
    assertLanded(end, one);
    assertLanded(otherEnd, other);
    assertThat(flow.failures("one.bin")).isEmpty();
    assertThat(flow.failures("other.bin")).isEmpty();
    double seconds = Duration.between(begin(end, otherEnd), latest(end, otherEnd)).toMillis() / 1e3;
    assertThat(500_000 / seconds).isBetween(RATE * 0.3, RATE * 1.4);
  }

  @Test
  void limitOfOneSourceSlowsNoOther_andItsChangeIsObeyedWithinASecond() {
    Entry slow = serve("slow.bin", content(50_000_000)).with("connections", "2");
    Entry free = serve("free.bin", content(50_000_000));
    flow.add(slow.with("rate", "40kB/s"), free);
    flow.awaitReceived("slow.bin", 20_000);
    flow.awaitReceived("free.bin", 20_000);
    long before = flow.networkBytes("slow.bin");
    long begun = System.nanoTime();
    flow.awaitReceived("free.bin", flow.networkBytes("free.bin") + 300_000);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(300_000 / seconds).isBetween(110_000.0, 200_000.0);
    assertThat((flow.networkBytes("slow.bin") - before) / seconds).isBetween(15_000.0, 60_000.0);

    flow.add(slow.with("rate", "120kB/s"));
    begun = System.nanoTime();
    flow.awaitReceived("slow.bin", flow.networkBytes("slow.bin") + 250_000);
    assertThat((System.nanoTime() - begun) / 1e9).isBetween(1.5, 3.9);
    assertThat(flow.failures("slow.bin")).isEmpty();

    flow.stop();
    flow.remove("slow.bin");
    flow.remove("free.bin");
    flow.start();
  }

  @Test
  void opensNoOtherConnection_whereOurOwnLimitDecidesTheRate() {
    Content content = content(400_000);
    flow.add(serve("held.bin", content).with("rate", "150kB/s"));
    assertLanded(flow.awaitEnd("held.bin", 1), content);
    assertThat(origin.requests("/held.bin")).hasSize(1);
  }

  @Test
  void stopsSoon_whileAPartWaitsAtTheLimit() {
    Entry entry = serve("waits.bin", content(50_000_000));
    flow.add(entry);
    origin.awaitRequests("/waits.bin", 1, Flow.LIMIT);
    assertThat(flow.stop()).isLessThan(Duration.ofSeconds(8));
    flow.remove("waits.bin");
    flow.start();
  }

  private static Instant begin(TransferEvent one, TransferEvent other) {
    Instant first = one.at().minus(one.took());
    Instant second = other.at().minus(other.took());
    return first.isBefore(second) ? first : second;
  }

  private static Instant latest(TransferEvent one, TransferEvent other) {
    return one.at().isAfter(other.at()) ? one.at() : other.at();
  }
}
