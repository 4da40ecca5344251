package dev.dromedary.plan;

import dev.dromedary.transfer.Validators;
import java.time.Instant;

/**
 * What was recorded when a version landed. Immutable, thread-safe.
 *
 * @param validators what the server said of that version
 * @param sizeBytes its length, 0 or more
 * @param modifiedAt the file's time as read back after landing
 * @param target where it landed, as the source names it
 * @param basis how what the source asks for now relates to what it was held against
 */
public record LandedFacts(
    Validators validators, long sizeBytes, Instant modifiedAt, String target, Basis basis) {

  /** How what a source asks for relates to what the landed file was held against. */
  public enum Basis {
    /** It asks for the same. */
    SAME,
    /** It names other digests, or other facts that the file itself shows. */
    OTHER_DIGESTS,
    /** It names another URL, or expects something that only the server's answer shows. */
    OTHER
  }
}
