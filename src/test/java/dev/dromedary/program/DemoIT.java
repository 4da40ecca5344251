package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.DemoFile;
import dev.dromedary.demo.DemoOrigin;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first thing a newcomer types. */
class DemoIT extends ProgramFixture {

  private static final Duration DEMO_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private Path demo() {
    return directory.resolve("demo");
  }

  @Test
  void landsWhatCanBeLandedAndShowsTheRest_asOftenAsItIsRun() throws IOException {
    for (int round = 0; round < 2; round++) {
      Child child = start("demo", "--exit", "--dir", "demo").requireExit(0, DEMO_LIMIT);

      try (DemoOrigin expected = DemoOrigin.start()) {
        for (DemoFile file : expected.files()) {
          assertThat(child.out()).containsPattern("(?m)^" + file.id() + " ");
          Path landed = demo().resolve("landing").resolve(file.target());
          if (file.expected() == TransferState.LANDED) {
            assertThat(file.content().matches(landed)).as(file.id()).isTrue();
          } else {
            assertThat(landed).doesNotExist();
          }
        }
      }
      assertThat(child.out())
          .contains("8 due: 7 landed, 1 failed")
          .contains("dead letter    discontinued, E4404")
          .containsPattern("(?m)^flaky +landed .*/s +3 +sha-256")
          .containsPattern("(?m)^returns-2026-11 +landed .*/s +2 +sha-256");
      assertThat(child.err())
          .containsPattern("flaky: retrying, again in 0\\.\\ds  E10")
          .containsPattern("returns-2026-11: retrying, again in [12]\\.\\ds  E2503");
      assertThat(LedgerView.of(demo().resolve("work")).states())
          .containsEntry("discontinued", "FAILED")
          .containsEntry("big", "LANDED");
    }
  }

  @Test
  void goesOnUntilItIsStopped() throws IOException {
    for (String signal : List.of("INT", "TERM")) {
      Child child = start(Map.of(), List.of("demo", "--dir", demo().toString()));
      until(child, () -> child.out().contains("Ctrl-C"));

      child.signal(signal);

      child.requireExit(0, STOP_LIMIT);
      assertThat(child.err()).doesNotContain("Exception").doesNotContain("did not stop");
    }
  }

  @Test
  void stopsInTheMiddleOfTheBigFile() throws IOException {
    Child child = start("demo", "--dir", demo().toString());
    until(child, () -> child.err().contains("big: running"));

    child.signal("TERM");

    child.requireExit(0, STOP_LIMIT);
    assertThat(child.err()).doesNotContain("Exception");
    assertThat(demo().resolve("landing/big.bin")).doesNotExist();
  }
}
