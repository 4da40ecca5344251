package dev.dromedary.failure;

import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, classified. Immutable, thread-safe.
 *
 * @param code what kind of failure it is
 * @param message one line for a user, without credentials and queries
 * @param status the status code of the server's answer, when that is what failed
 * @param retryAfter how long the server wants to be left alone, not yet capped; null when unsaid
 */
public record Failure(
    FailureCode code, String message, OptionalInt status, @Nullable Duration retryAfter) {

  /** Creates one of which no server said anything. */
  public Failure(FailureCode code, String message) {
    this(code, message, OptionalInt.empty(), null);
  }
}
