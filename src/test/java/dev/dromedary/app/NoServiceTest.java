package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What to do differs with why no service can be operated. */
class NoServiceTest {

  private static final Path WORK = Path.of("/w");
  private static final IOException REFUSED = new IOException("no");

  @Test
  void theServiceOfAnotherUserIsAskedAsThatUser() {
    assertThat(NoService.unreachable(WORK, 7, Optional.of("ann"), Optional.of("bob"), REFUSED))
        .extracting(NoService::report)
        .isEqualTo(
            "E5015 work directory /w: process 7 cannot be reached: it is of user 'ann'"
                + " (give the same command as user 'ann')");
  }

  @Test
  void oneOfTheSameUserThatDoesNotAnswerIsLookedAt() {
    Optional<String> own = Optional.of("ann");
    assertThat(NoService.unreachable(WORK, 7, own, own, REFUSED).report())
        .startsWith("E5015 work directory /w: process 7 cannot be reached (see whether it still");
  }

  @Test
  void aLedgerAloneIsReadWithoutAService(@TempDir Path work) throws IOException {
    assertThat(NoService.absent(work).remedy()).startsWith("start it with dromedary run, or name");
    Files.createFile(work.resolve("ledger.db"));

    assertThat(NoService.absent(work).remedy())
        .startsWith("start the service with dromedary run; what get or once left here")
        .contains("dromedary failures");
  }
}
