package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.demo.WireFault;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Silence and slowness end in a resume on another connection, not in a hang (I7). */
class TimeLimitIT extends RunningFlow {

  private static final int SIZE = 500_000;

  @Override
  Map<String, String> settings() {
    return Map.of(
        "http.stall-timeout", "400ms",
        "http.first-byte-timeout", "700ms",
        "http.min-speed", "20kB",
        "http.min-speed-window", "1s");
  }

  @Test
  void silenceBeforeTheHeadIsTriedAgainOnAFreshConnection() {
    Content content = content(SIZE);
    Entry entry = serve("mute.bin", content);
    origin.script("/mute.bin", new WireFault.StallBeforeHeaders());
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("mute.bin")).containsExactly("FIRST_BYTE_TIMEOUT");
    assertOtherConnection("mute.bin");
  }

  @Test
  void silenceInTheBodyResumesOnAFreshConnection() {
    Content content = content(SIZE);
    String url = origin.uri("/stall.bin").toString();
    Entry entry =
        serve("stall.bin", content).with("connections", "1").with("url", url + "?sig=5ecret");
    origin.script("/stall.bin", new StallAfter(200_000));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("stall.bin")).containsExactly("STALLED");
    assertThat(flow.events("stall.bin"))
        .extracting(TransferEvent::reason)
        .contains(url + "?…: expected a byte within 0.4s, found none");
    assertThat(requests("stall.bin").get(1).range().orElseThrow().start()).isEqualTo(200_000);
    assertOtherConnection("stall.bin");
  }

  @Test
  void headersWithoutEndAndInformationWithoutEndAreBounded() {
    Entry entry = serve("hints.bin", content(10));
    origin.forever("/hints.bin", new WireFault.Endless1xx());
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.FIRST_BYTE_TIMEOUT);
    assertThat(end.took()).isLessThan(Duration.ofSeconds(15));
    assertThat(end.reason())
        .isEqualTo(origin.uri("/hints.bin") + ": expected an answer within 0.7s, found none");
  }

  @Test
  void trickleIsGivenUpAndResumed() {
    Content content = content(SIZE);
    Entry entry = serve("trickle.bin", content);
    origin.script("/trickle.bin", new Trickle(4_000));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("trickle.bin")).containsExactly("TOO_SLOW");
    assertThat(requests("trickle.bin").get(1).range().orElseThrow().start()).isPositive();
  }

  @Test
  void stallThatBringsBytesEachTimeCountsNoTries() {
    Content content = content(SIZE);
    Entry entry = serve("stalls.bin", content).with("connections", "1");
    StallAfter stall = new StallAfter(60_000);
    origin.script("/stalls.bin", stall, stall, stall, stall, new CutAfter(60_000, false));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.attempts()).isEqualTo(6);
    assertThat(sent("stalls.bin")).isEqualTo(SIZE);
  }

  private void assertOtherConnection(String id) {
    List<SeenRequest> seen = requests(id);
    assertThat(seen.get(1).connection()).isNotEqualTo(seen.get(0).connection());
  }
}
