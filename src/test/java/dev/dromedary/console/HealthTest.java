package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.ProgressBoard;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a supervisor is told, and why. */
class HealthTest extends ConsoleFixture {

  @Test
  void readyServiceSaysSo_andWhyItIsNot() {
    assertThat(get("/health/ready").status()).isEqualTo(200);
    beans.service.drain(false);
    Answer draining = get("/health/ready");
    assertThat(draining.status()).isEqualTo(503);
    assertThat(draining.body()).contains("\"status\":\"down\"", "the service drains");
    beans.service.undrain();
    beans.service.freeBytes = 1 << 20;
    assertThat(get("/health/ready").body()).contains("the disk is short: 1.00 MiB free, 3.00 GiB");
    beans.service.freeBytes = 500L << 30;
    assertThat(get("/health/ready").status()).isEqualTo(200);
    assertThat(get("/health/live").body()).contains("\"status\":\"up\"");
  }

  @Test
  void refusedFileIsAWarning_andTheServiceStaysReady() {
    beans.service.refused = Map.of("/srv/sources.yaml", "line 3: unknown key 'ur'");
    try {
      Answer ready = get("/health/ready");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.body())
          .contains("\"status\":\"up\"", "/srv/sources.yaml is refused", "unknown key 'ur'");
    } finally {
      beans.service.refused = Map.of();
    }
    assertThat(get("/health/ready").body()).contains("\"warnings\":[]");
  }

  @Test
  void lostLedgerIsAReason() {
    beans.service.lost = Map.of("/srv/work/ledger.db", "was removed while it is in use");
    try {
      Answer ready = get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("/srv/work/ledger.db was removed while it is in use");
    } finally {
      beans.service.lost = Map.of();
    }
  }

  @Test
  void pollsThatFailAreAReason() {
    beans.service.pollFailure = "E5014 the poll failed: disk image is malformed";
    try {
      Answer ready = get("/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("polls fail: E5014 the poll failed: disk image");
    } finally {
      beans.service.pollFailure = "";
    }
  }

  @Test
  void serviceWithoutBeansIsAliveAndNotReady() {
    beans.close();
    try (Console early =
        Console.open(
            ConsoleSettings.loopback(0), new ProgressBoard(Clock.systemUTC()), beans.server())) {
      assertThat(Answer.to(early.address(), "GET", "/health/live", "").status()).isEqualTo(200);
      Answer ready = Answer.to(early.address(), "GET", "/health/ready", "");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("starting or stopping");
    } finally {
      beans = new FakeBeans(10);
    }
  }
}
