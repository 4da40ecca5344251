package dev.dromedary.response;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Representation;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one response is good for. Immutable, thread-safe. */
public sealed interface Verdict {

  /**
   * The body carries the bytes {@code [start, end)} of the representation.
   *
   * @param start offset of the body's first byte; 0 when whole
   * @param end offset after its last byte; empty when only its end will tell
   * @param representation the version the bytes belong to
   * @param whole whether the server answered with everything (200), whatever was asked: the body
   *     then starts at byte 0, also when bytes are held
   * @param relation whether it is the version of which bytes are held; never {@code NEW_VERSION}
   *     unless {@code whole}
   */
  record Body(
      long start, OptionalLong end, Representation representation, boolean whole, Relation relation)
      implements Verdict {}

  /**
   * The version that was asked about is still the current one: the server says so (304), or begins
   * to send it all the same, and nothing of that is read.
   */
  record NotModified() implements Verdict {}

  /**
   * A 304 that names another version than the one it was asked about: it proves nothing, and
   * another question without a condition will tell. Source: RFC 9110 §15.4.5.
   */
  record OtherNotModified() implements Verdict {}

  /**
   * The answer is elsewhere; {@link RedirectPolicy} says whether to follow.
   *
   * @param location the {@code Location} header as sent: untrusted
   * @param status 301, 302, 303, 307 or 308
   */
  record Redirect(String location, int status) implements Verdict {}

  /** There is no byte from the asked start on: everything is here, or the file is empty (416). */
  record NothingLeft(Representation representation) implements Verdict {}

  /**
   * The response is of no use.
   *
   * @param code what kind of failure it is
   * @param message what was expected and found, without header values that may hold secrets
   * @param retryAfter how long the server wants to be left alone, not yet capped; null when unsaid
   * @param status the status code; with a ranged request, 403 and 416 may mean the range alone
   */
  record Refused(FailureCode code, String message, @Nullable Duration retryAfter, int status)
      implements Verdict {}

  /** How the version of a body relates to the bytes held. */
  enum Relation {
    /** The validators agree, and so do the lengths where both are known. */
    SAME,
    /** A validator or the length differs: what is held belongs to an older version. */
    NEW_VERSION,
    /** Nothing is held, or there is nothing to compare and the lengths do not differ. */
    UNKNOWN
  }
}
