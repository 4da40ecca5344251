package dev.dromedary.app;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.Change;
import dev.dromedary.observe.DeadLetterPage;
import dev.dromedary.operate.DeadLetters;
import dev.dromedary.operate.SourceExport;
import dev.dromedary.routing.LeftCopies;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

  /**
   * Takes a dead letter off the list in the ledger of a work directory, as {@link
   * dev.dromedary.observe.FailuresMXBean#discard} does in a service. What its delivery left is
   * removed where it is known in which landing zone: that of the settings which name this work
   * directory, or that around it.
   *
   * @throws DromedaryException {@link FailureCode#NO_SERVICE} when it has no ledger, {@link
   *     FailureCode#WORK_DIRECTORY_BUSY} when a process has it
   */
  public static Change discard(RunRequest request, Path work, String id) {
    if (!Files.isRegularFile(WorkDirectory.ledger(work))) {
      throw NoService.withoutLedger(work);
    }
    try (WorkDirectory taken = WorkDirectory.take(work);
        Ledger ledger = Ledger.open(taken.ledger(), Clock.systemUTC(), new SecureRandom())) {
      OperatorLedger letters = ledger.forOperators();
      return letters
          .failure(id)
          .map(letter -> discard(letters, letter, landing(request, work)))
          .map(isGone -> new Change(1, isGone ? 1 : 0, List.of()))
          .orElse(Change.NOTHING);
    }
  }

  private static boolean discard(
      OperatorLedger letters, TransferRecord letter, Optional<Path> landing) {
    return landing
        .map(known -> new LeftCopies(known).discard(letters, letter))
        .orElseGet(() -> letters.discard(letter));
  }

  private static Optional<Path> landing(RunRequest request, Path work) {
    return GetWork.landingOf(work).or(() -> configuredLanding(request, work));
  }

  private static Optional<Path> configuredLanding(RunRequest request, Path work) {
    try {
      Settings.Places places = ConfigurationReader.settings(request).places();
      boolean isIts = normal(places.work()).equals(normal(work));
      return isIts ? Optional.of(places.landing()) : Optional.empty();
    } catch (ProblemsException unknown) {
      return Optional.empty();
    }
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static <T> T read(Path work, Function<DeadLetters, T> question) {
    Path file = WorkDirectory.ledger(work);
    if (!Files.isRegularFile(file)) {
      throw NoService.withoutLedger(work);
    }
    try (Ledger ledger = Ledger.open(file, Clock.systemUTC(), new SecureRandom())) {
      return question.apply(new DeadLetters(ledger));
    }
  }

  /**
   * Returns the named sources of the configured list, as {@link SourceExport} tells.
   *
   * @throws ProblemsException when settings or list cannot be used
   */
  public static String list(RunRequest request, Collection<String> ids) {
    Settings settings = ConfigurationReader.settings(request);
    return SourceExport.of(ConfigurationReader.catalog(request, settings), ids);
  }
}
