package dev.dromedary.transfer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The validators of one version of a representation, as the server wrote them. Either may be
 * absent; text is kept byte for byte, so that it can be sent back. Source: RFC 9110 §8.8.
 *
 * @param etag the {@code ETag} value with quotes and, if weak, its {@code W/}
 * @param lastModified the {@code Last-Modified} value
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {

  /** No validator: two responses cannot be told to be of one version by this. */
  public static final Validators NONE = new Validators(null, null);

  public Validators {
    etag = blankToNull(etag);
    lastModified = blankToNull(lastModified);
  }

  /** Says whether the ETag promises equal bytes. Source: RFC 9110 §8.8.1. */
  public boolean hasStrongEtag() {
    return etag != null && etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
  }

  /** Says whether there is nothing to compare. */
  public boolean isNone() {
    return etag == null && lastModified == null;
  }

  /**
   * Returns the value for {@code If-Range}: the strong ETag, else Last-Modified; a weak ETag must
   * not be used. Source: RFC 9110 §13.1.5.
   */
  public Optional<String> ifRange() {
    return hasStrongEtag() ? Optional.ofNullable(etag) : Optional.ofNullable(lastModified);
  }

  /** Returns the value for {@code If-None-Match}; weak tags are allowed there. */
  public Optional<String> ifNoneMatch() {
    return Optional.ofNullable(etag);
  }

  /** Returns the value for {@code If-Modified-Since}. */
  public Optional<String> ifModifiedSince() {
    return Optional.ofNullable(lastModified);
  }

  /**
   * Compares two versions by the strongest validator that both have: strong ETag, then
   * Last-Modified. Without a common one the answer is {@link Match#UNKNOWN}.
   */
  public Match compare(Validators other) {
    if (hasStrongEtag() && other.hasStrongEtag()) {
      return etag != null && etag.equals(other.etag) ? Match.SAME : Match.DIFFERENT;
    }
    if (lastModified != null && other.lastModified != null) {
      return lastModified.equals(other.lastModified) ? Match.SAME : Match.DIFFERENT;
    }
    return Match.UNKNOWN;
  }

  /** Whether two responses are of one version. */
  public enum Match {
    /** The strongest common validator is equal. */
    SAME,
    /** The strongest common validator differs. */
    DIFFERENT,
    /** The two have no validator in common. */
    UNKNOWN
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
