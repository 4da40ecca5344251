package dev.dromedary.app;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.Optional;

/**
 * Tells a start for which the system has no thread from a defect of this program: the JDK throws an
 * error for it, which Camel and futures wrap. Stateless.
 */
public final class ThreadShortage {

  private ThreadShortage() {}

  /** Returns what a user is told, when a lack of threads is what lies behind. */
  public static Optional<DromedaryException> behind(Throwable thrown) {
    return FailureClassifier.classify(thrown).code() == FailureCode.NO_THREAD
        ? Optional.of(
            new DromedaryException(FailureCode.NO_THREAD, "a thread could not be started", thrown))
        : Optional.empty();
  }
}
