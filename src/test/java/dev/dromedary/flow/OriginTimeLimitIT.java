package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.WireFault;
import dev.dromedary.observe.TransferEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A host may have time limits of its own, shorter or longer than those of all (I7). */
class OriginTimeLimitIT extends RunningFlow {

  private static final int SIZE = 300_000;

  /** What holds for other hosts, longer by much than for the first host here. */
  private static final Duration OF_ALL = Duration.ofSeconds(3);

  private static final Duration HOLD = OF_ALL.plusSeconds(1);

  private ScriptedOrigin slow;

  @Override
  Map<String, String> settings() {
    slow = ScriptedOrigin.start();
    Path file = directory.resolve("origins.yaml");
    String text =
        """
        origins:
          - host: 127.0.0.1:%d
            firstByteTimeout: 400ms
            stallTimeout: 400ms
            minSpeed: 20kB
            minSpeedWindow: 1s
          - host: 127.0.0.1:%d
            firstByteTimeout: 20s
            stallTimeout: 20s
            minSpeed: 0
        """;
    try {
      Files.writeString(file, text.formatted(origin.port(), slow.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "origins",
        file.toString(),
        "http.first-byte-timeout",
        OF_ALL.toSeconds() + "s",
        "http.stall-timeout",
        OF_ALL.toSeconds() + "s",
        "http.min-speed",
        "200kB",
        "http.min-speed-window",
        "1s");
  }

  @AfterAll
  void closeSlow() {
    slow.close();
  }

  @Test
  void silenceEndsAtTheLimitOfItsHost() {
    Content content = content(SIZE);
    Entry entry = serve("mute.bin", content);
    origin.script("/mute.bin", new WireFault.StallBeforeHeaders(), new StallAfter(100_000));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("mute.bin")).containsExactly("FIRST_BYTE_TIMEOUT", "STALLED");
    assertThat(end.took()).as("both waits").isLessThan(OF_ALL.multipliedBy(2));
  }

  @Test
  void speedIsHeldAgainstTheMinimumOfItsHost() {
    Content content = content(SIZE);
    Entry entry = serve("steady.bin", content);
    origin.forever("/steady.bin", new Trickle(100_000));
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("steady.bin")).isEmpty();

    Content other = content(SIZE);
    Entry trickled = serve("trickled.bin", other);
    origin.script("/trickled.bin", new Trickle(4_000));
    assertLanded(flow.fetch(trickled), other);
    assertThat(flow.failures("trickled.bin")).containsExactly("TOO_SLOW");
  }

  @Test
  void hostThatMayBeSlowIsWaitedFor() {
    Content content = content(SIZE);
    Entry entry = serve(slow, "tape.bin", content);
    slow.script("/tape.bin", new StallAfter(100_000, HOLD));
    slow.forever("/tape.bin", new Trickle(100_000));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("tape.bin")).containsExactly("SHORT_BODY");
    assertThat(end.took()).isGreaterThan(HOLD);
  }
}
