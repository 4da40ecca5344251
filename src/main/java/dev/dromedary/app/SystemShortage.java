package dev.dromedary.app;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TooManyFiles;
import java.util.Optional;

/**
 * Tells a start for which the system has no thread, or opens no more files, from a defect of this
 * program: the JDK throws errors for it, which Camel and futures wrap. Stateless.
 */
public final class SystemShortage {

  private static final int LONGEST_CHAIN = 50;

  private SystemShortage() {}

  /** Returns what a user is told, when such a lack is what lies behind. */
  public static Optional<DromedaryException> behind(Throwable thrown) {
    if (mayBeOfFiles(thrown) && OpenFiles.areFewLeft()) {
      return Optional.of(tooFewFiles(thrown));
    }
    FailureCode code = FailureClassifier.classify(thrown).code();
    if (code == FailureCode.NO_DESCRIPTOR) {
      return Optional.of(tooFewFiles(thrown));
    }
    return code == FailureCode.NO_THREAD
        ? Optional.of(
            new DromedaryException(FailureCode.NO_THREAD, "a thread could not be started", thrown))
        : Optional.empty();
  }

  private static DromedaryException tooFewFiles(Throwable thrown) {
    return new DromedaryException(
        FailureCode.NO_DESCRIPTOR, "too few files may be open for the program itself", thrown);
  }

  /**
   * A class whose archive cannot be opened is told as one that does not exist, and of a file that
   * was to be read a problem may be all that is left.
   */
  private static boolean mayBeOfFiles(Throwable thrown) {
    Throwable link = thrown;
    for (int i = 0; link != null && i < LONGEST_CHAIN; i++) {
      if (link instanceof LinkageError
          || link instanceof ClassNotFoundException
          || TooManyFiles.isQuotedIn(String.valueOf(link.getMessage()))) {
        return true;
      }
      link = link.getCause();
    }
    return false;
  }
}
