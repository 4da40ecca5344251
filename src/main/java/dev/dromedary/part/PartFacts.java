package dev.dromedary.part;

import dev.dromedary.transfer.Validators;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a part file are bytes of: one version of one source.
 *
 * @param sourceId id of the source
 * @param urlFingerprint tells one list of URLs from another; the caller's own text
 * @param validators the version, as the server named it
 * @param contentType as the server sent it, empty when it sent none, null when that is not known
 * @param length length of the whole file in bytes, 0 or more, when it is known
 * @param created when its first byte was asked for, kept to the millisecond
 */
public record PartFacts(
    String sourceId,
    String urlFingerprint,
    Validators validators,
    @Nullable String contentType,
    OptionalLong length,
    Instant created) {

  public PartFacts {
    if (sourceId.isBlank()) {
      throw new IllegalArgumentException("PartFacts: expected a source id, found none");
    }
    if (length.isPresent() && length.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "PartFacts " + sourceId + ": length " + length.getAsLong() + ", expected 0 or more");
    }
    created = created.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns the same with the length known. */
  public PartFacts withLength(long lengthBytes) {
    return new PartFacts(
        sourceId, urlFingerprint, validators, contentType, OptionalLong.of(lengthBytes), created);
  }

  /**
   * Returns what is known of bytes that may be of several versions, or of several URLs: whether
   * they fit together only a digest of the whole can tell.
   */
  public PartFacts ofSeveralVersions() {
    return new PartFacts(sourceId, "several", Validators.NONE, contentType, length, created);
  }

  /**
   * Returns what is known when more is learnt about the same version: the newer URLs, the older
   * time, the stronger validators, and the length if either has it.
   *
   * @throws IllegalArgumentException when the two contradict each other
   */
  public PartFacts and(PartFacts more) {
    Validators.Match match = validators.compare(more.validators);
    boolean isOther =
        !sourceId.equals(more.sourceId)
            || match == Validators.Match.DIFFERENT
            || (length.isPresent() && more.length.isPresent() && !length.equals(more.length));
    if (isOther) {
      throw new IllegalArgumentException(
          "PartFacts: expected the same version, found " + this + " and " + more);
    }
    boolean isStronger =
        validators.isNone() || (match == Validators.Match.SAME && more.validators.hasStrongEtag());
    return new PartFacts(
        sourceId,
        more.urlFingerprint,
        isStronger ? more.validators : validators,
        more.contentType != null ? more.contentType : contentType,
        more.length.isPresent() ? more.length : length,
        created);
  }
}
