package dev.dromedary.response;

import dev.dromedary.transfer.FailureCode;
import java.net.URI;

/** What to do about one redirect. Immutable, thread-safe. */
public sealed interface Hop {

  /**
   * Ask there.
   *
   * @param target an absolute http or https URL without user information and fragment
   */
  record Follow(URI target) implements Hop {}

  /**
   * Give up.
   *
   * @param code {@code REDIRECT_REFUSED} or {@code TOO_MANY_REDIRECTS}
   * @param message why, without the URL
   */
  record Refuse(FailureCode code, String message) implements Hop {}
}
