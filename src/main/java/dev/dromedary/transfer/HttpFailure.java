package dev.dromedary.transfer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure that is the answer of a server. */
public final class HttpFailure extends DromedaryException {

  private final int status;

  /**
   * Creates one.
   *
   * @param status the status code of the answer (RFC 9110, section 15)
   * @param retryAfter how long the server wants to be left alone, not yet capped; null when unsaid
   */
  public HttpFailure(FailureCode code, String message, int status, @Nullable Duration retryAfter) {
    super(code, message, null, retryAfter);
    this.status = status;
  }

  /** Returns the status code. */
  public int status() {
    return status;
  }
}
