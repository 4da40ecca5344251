package dev.dromedary.app;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.operate.DeadLetters;
import dev.dromedary.operate.SourceExport;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The dead letters where no service runs, and the sources of dead letters as a list. */
public final class FailedSources {

  private FailedSources() {}

  /**
   * Reads a page of dead letters from the ledger of a work directory.
   *
   * @throws DromedaryException {@link FailureCode#NO_SERVICE} when it has no ledger
   */
  public static DeadLetterPage find(Path work, String filter, int offset, int limit) {
    return read(work, letters -> letters.find(filter, offset, limit));
  }

  /**
   * Returns the ids of the sources of all dead letters that match.
   *
   * @throws DromedaryException {@link FailureCode#NO_SERVICE} when the directory has no ledger
   */
  public static List<String> sources(Path work, String filter) {
    return read(work, letters -> letters.sources(filter));
  }

  private static <T> T read(Path work, Function<DeadLetters, T> question) {
    Path file = WorkDirectory.ledger(work);
    if (!Files.isRegularFile(file)) {
      throw new DromedaryException(
          FailureCode.NO_SERVICE, "work directory " + work + ": no service runs, and no ledger");
    }
    try (Ledger ledger = Ledger.open(file, Clock.systemUTC(), new SecureRandom())) {
      return question.apply(new DeadLetters(ledger));
    }
  }

  /**
   * Returns the named sources of the configured list, as {@link SourceExport} tells.
   *
   * @throws dev.dromedary.transfer.ProblemsException when settings or list cannot be used
   */
  public static String list(RunRequest request, Collection<String> ids) {
    Settings settings = ConfigurationReader.settings(request);
    return SourceExport.of(ConfigurationReader.catalog(request, settings), ids);
  }
}
