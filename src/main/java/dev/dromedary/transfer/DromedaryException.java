package dev.dromedary.transfer;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of what this program throws on purpose: a failure with its code. The message says what
 * failed, for which id, expected versus found; {@link FailureCode#remedy()} says what to do next.
 */
public class DromedaryException extends RuntimeException {

  private final FailureCode code;
  private final @Nullable Duration retryAfter;

  /** Creates a failure without a cause. */
  public DromedaryException(FailureCode code, String message) {
    this(code, message, null, null);
  }

  /** Creates a failure that something else caused. */
  public DromedaryException(FailureCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, null);
  }

  /** Creates a failure for which the server said when to come back. */
  public DromedaryException(
      FailureCode code, String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
    super(message, cause);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Returns what kind of failure it is. */
  public FailureCode code() {
    return code;
  }

  /** Returns how long the server wants to be left alone, zero or more, not yet capped. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Returns what to do next: what its code says, unless more is known of the case. */
  public String remedy() {
    return code.remedy();
  }

  /** Returns code, message and remedy in one line, as a user reads it. */
  public String report() {
    return code.label() + " " + getMessage() + " (" + remedy() + ")";
  }
}
