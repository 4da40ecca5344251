package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dead letter is discarded where no service runs as in one. */
class FailedSourcesTest {

  private static final Change DISCARDED = new Change(1, 1, List.of());

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @ParameterizedTest
  @CsvSource({
    "in/.dromedary, in",
    "in/.dromedary/get-0123456789abcdef, in",
    "configured/work, configured/landing",
  })
  void discardsWithWhatTheDeliveryLeft(String work, String landing) throws IOException {
    TransferRecord letter = deadLetter(work);
    Path left = left(landing, letter);

    assertThat(discard(work)).isEqualTo(DISCARDED);

    assertThat(left).doesNotExist();
    assertThat(left.resolveSibling("a.bin")).exists();
    assertThat(FailedSources.sources(directory.resolve(work), "")).isEmpty();
  }

  @Test
  void looksForNothingInALandingZoneOfOthers() throws IOException {
    TransferRecord letter = deadLetter("elsewhere");
    Path left = left("configured/landing", letter);

    assertThat(discard("elsewhere")).isEqualTo(DISCARDED);

    assertThat(left).exists();
  }

  private Change discard(String work) throws IOException {
    Path config = directory.resolve("application.properties");
    Files.writeString(
        config,
        "dromedary.work=%1$s/configured/work\ndromedary.landing=%1$s/configured/landing\n"
            .formatted(directory));
    return FailedSources.discard(
        new RunRequest(RunMode.SERVICE, directory, config, Map.of(), null),
        directory.resolve(work),
        "a.bin");
  }

  private TransferRecord deadLetter(String work) throws IOException {
    Path ledger = Files.createDirectories(directory.resolve(work)).resolve("ledger.db");
    try (Ledger opened = Ledger.open(ledger, Clock.systemUTC(), new SecureRandom())) {
      String id = opened.enqueue("a.bin", "sub/a.bin", null).orElseThrow().id();
      TransferRecord running = opened.claim(id, "worker").orElseThrow();
      return opened.advance(running, running.failed(FailureCode.DELIVERY_FAILED, "busy"));
    }
  }

  /** Puts a copy where a delivery that failed leaves it, beside the version before. */
  private Path left(String landing, TransferRecord letter) throws IOException {
    Path zone = Files.createDirectories(directory.resolve(landing).resolve("sub"));
    Files.writeString(zone.resolve("a.bin"), "before");
    return Files.writeString(zone.resolve("." + letter.id() + ".landing"), "left");
  }
}
