package dev.dromedary.plan;

import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.Validators;
import java.util.OptionalLong;

/**
 * What a part file holds of one version. Immutable, thread-safe.
 *
 * @param validators what the server said of that version
 * @param lengthBytes its length, as far as the server told it
 * @param received the bytes that are here and may be trusted
 * @param sameUrls whether the source's URLs are still those the bytes came from: a validator means
 *     nothing on another URL
 */
public record Held(
    Validators validators, OptionalLong lengthBytes, ByteRanges received, boolean sameUrls) {

  /**
   * Returns the same bytes without the validator that a way of resuming stands on, for a server
   * that does not honour it: the next decision takes a lower rung.
   */
  public Held without(ResumeDecision.How failed) {
    Validators left =
        failed == ResumeDecision.How.STRONG_ETAG_IF_RANGE
            ? new Validators(null, validators.lastModified(), validators.resource())
            : Validators.NONE;
    return new Held(left, lengthBytes, received, sameUrls);
  }
}
