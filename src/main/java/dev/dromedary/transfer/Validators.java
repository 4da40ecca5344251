package dev.dromedary.transfer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The validators of one version of a representation, as the server wrote them. Either may be
 * absent; text is kept byte for byte, so that it can be sent back. Source: RFC 9110 §8.8.
 *
 * @param etag the {@code ETag} value with quotes and, if weak, its {@code W/}
 * @param lastModified the {@code Last-Modified} value
 * @param resource tells the resource they were given for from others, of which they say nothing;
 *     the caller's own text, null when it is not known
 */
public record Validators(
    @Nullable String etag, @Nullable String lastModified, @Nullable String resource) {

  /** No validator: two responses cannot be told to be of one version by this. */
  public static final Validators NONE = new Validators(null, null);

  /** Creates those of a resource that is not known. */
  public Validators(@Nullable String etag, @Nullable String lastModified) {
    this(etag, lastModified, null);
  }

  public Validators {
    etag = blankToNull(etag);
    lastModified = blankToNull(lastModified);
  }

  /** Says whether the ETag promises equal bytes. Source: RFC 9110 §8.8.1. */
  public boolean hasStrongEtag() {
    return etag != null && etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
  }

  /** Returns them if they may be of that resource, else {@link #NONE}. */
  public Validators on(@Nullable String asked) {
    return mayBeOf(asked) ? this : NONE;
  }

  private boolean mayBeOf(@Nullable String other) {
    return resource == null || other == null || resource.equals(other);
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
   * Says whether both have an ETag and the two differ, be they weak or strong: not even equivalence
   * is promised then. Source: RFC 9110 §8.8.3.2.
   */
  public boolean hasAnotherEtagThan(Validators other) {
    return etag != null && other.etag != null && !opaque(etag).equals(opaque(other.etag));
  }

  /**
   * Compares two versions. ETags that differ are of different ones, and so is whatever is of
   * another resource; equal ETags decide when both are strong, else Last-Modified does. Without any
   * of these the answer is {@link Match#UNKNOWN}.
   */
  public Match compare(Validators other) {
    if (!mayBeOf(other.resource) || hasAnotherEtagThan(other)) {
      return Match.DIFFERENT;
    }
    if (hasStrongEtag() && other.hasStrongEtag()) {
      return Match.SAME;
    }
    if (lastModified != null && other.lastModified != null) {
      return lastModified.equals(other.lastModified) ? Match.SAME : Match.DIFFERENT;
    }
    return Match.UNKNOWN;
  }

  /** Whether two responses are of one version. */
  public enum Match {
    /** Both have the same strong ETag, or no two of these, and the same date. */
    SAME,
    /** Resource or ETag differ, or what else decides. */
    DIFFERENT,
    /** Nothing decides. */
    UNKNOWN
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
