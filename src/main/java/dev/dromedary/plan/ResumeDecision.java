package dev.dromedary.plan;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.Validators;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether the bytes that are here count. Immutable, thread-safe. */
public sealed interface ResumeDecision {

  /**
   * They do.
   *
   * @param how what makes sure that no other version is mixed in
   * @param validators what each answer is compared with, and sent in {@code If-Range}; {@link
   *     Validators#NONE} for a plain range, where length and digest decide
   * @param lengthBytes length of the whole, as far as it is known
   * @param missing what is left to fetch, ascending and disjoint; empty when everything is here;
   *     without a known length the last one ends at {@code Long.MAX_VALUE}
   */
  record Resume(How how, Validators validators, OptionalLong lengthBytes, List<ByteRange> missing)
      implements ResumeDecision {

    public Resume {
      missing = List.copyOf(missing);
    }

    /** Returns the value of {@code If-Range}; empty for a plain range. */
    public Optional<String> ifRange() {
      return validators.ifRange();
    }
  }

  /**
   * They do not.
   *
   * @param why for a user, without a final stop
   */
  record StartOver(String why) implements ResumeDecision {}

  /** The rungs of the ladder, best first. */
  enum How {
    /** {@code If-Range} with a strong ETag: equal bytes are promised. */
    STRONG_ETAG_IF_RANGE,
    /** {@code If-Range} with Last-Modified: equal to the second. */
    LAST_MODIFIED_IF_RANGE,
    /** A plain range; the length must agree and a digest decides at the end. */
    PLAIN_RANGE_LENGTH_AND_DIGEST
  }
}
