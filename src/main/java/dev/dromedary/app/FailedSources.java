package dev.dromedary.app;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.operate.DeadLetters;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;

/** The dead letters where no service runs, and the sources of dead letters as a list. */
public final class FailedSources {

  private FailedSources() {}

  /**
   * Reads a page of dead letters from the ledger of a work directory.
   *
   * @throws DromedaryException {@link FailureCode#NO_SERVICE} when it has no ledger
   */
  public static DeadLetterPage find(Path work, String filter, int offset, int limit) {
    Path file = work.resolve("ledger.db");
    if (!Files.isRegularFile(file)) {
      throw new DromedaryException(
          FailureCode.NO_SERVICE, "work directory " + work + ": no service runs, and no ledger");
    }
    try (Ledger ledger = Ledger.open(file, Clock.systemUTC(), new SecureRandom())) {
      return new DeadLetters(ledger).find(filter, offset, limit);
    }
  }

  /**
   * Returns the named sources of the configured list as a list of their own, without secrets: one
   * with headers, guards or a query in a URL is only named, in a comment.
   *
   * @throws dev.dromedary.transfer.ProblemsException when settings or list cannot be used
   */
  public static String list(RunRequest request, Collection<String> ids) {
    Settings settings = ConfigurationReader.settings(request);
    var catalog = ConfigurationReader.catalog(request, settings);
    StringBuilder list = new StringBuilder("sources:\n");
    int written = 0;
    for (String id : ids) {
      Source source = catalog.find(id).orElse(null);
      if (source == null) {
        list.append(SourceYaml.comment(id, "is not in the source list any more"));
      } else if (SourceYaml.mayHoldSecrets(source) || SourceYaml.isGuarded(source)) {
        list.append(
            SourceYaml.comment(id, "has headers, a query or guards: take it from the source list"));
      } else {
        list.append(SourceYaml.entry(source));
        written++;
      }
    }
    return written == 0 ? list.toString().replaceFirst("sources:", "sources: []") : list.toString();
  }
}
