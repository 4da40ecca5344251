package dev.dromedary.plan;

import dev.dromedary.plan.ResumeDecision.How;
import dev.dromedary.plan.ResumeDecision.Resume;
import dev.dromedary.plan.ResumeDecision.StartOver;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.Validators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether bytes of an earlier attempt may be completed: strong ETag, else Last-Modified,
 * else length and digest, else start over (I3). Source: RFC 9110 §13.1.5.
 */
public final class ResumePolicy {

  private ResumePolicy() {}

  /**
   * Decides.
   *
   * @param expectedSize the length the source list gives, 0 or more
   * @param digestKnown whether a digest known beforehand will decide about the whole
   */
  public static ResumeDecision decide(Held held, OptionalLong expectedSize, boolean digestKnown) {
    Optional<String> whyNot = whyNot(held, expectedSize, digestKnown);
    if (whyNot.isPresent()) {
      return new StartOver(whyNot.get());
    }
    How how = how(held);
    OptionalLong length = length(held, expectedSize);
    return new Resume(
        how,
        how == How.PLAIN_RANGE_LENGTH_AND_DIGEST ? Validators.NONE : held.validators(),
        length,
        missing(held, length));
  }

  /** Says why the bytes cannot be completed, for a user; empty when they can. */
  public static Optional<String> whyNot(Held held, OptionalLong expectedSize, boolean digestKnown) {
    if (held.received().sizeBytes() == 0) {
      return Optional.of("nothing is here yet");
    }
    if (held.lengthBytes().isPresent()
        && expectedSize.isPresent()
        && held.lengthBytes().getAsLong() != expectedSize.getAsLong()) {
      return Optional.of(
          "expected a length of "
              + expectedSize.getAsLong()
              + ", found "
              + held.lengthBytes().getAsLong()
              + " for the version held");
    }
    OptionalLong length = length(held, expectedSize);
    if (length.isPresent() && receivedEnd(held) > length.getAsLong()) {
      return Optional.of(
          "expected at most "
              + length.getAsLong()
              + " bytes, found bytes up to "
              + receivedEnd(held));
    }
    if (how(held) != How.PLAIN_RANGE_LENGTH_AND_DIGEST || (length.isPresent() && digestKnown)) {
      return Optional.empty();
    }
    String reason = held.sameUrls() ? "the server gave no validator" : "the URL is another one";
    String lack = digestKnown ? "the length is unknown" : "no digest is known to decide";
    return Optional.of(reason + " and " + lack);
  }

  private static How how(Held held) {
    if (held.sameUrls() && held.validators().hasStrongEtag()) {
      return How.STRONG_ETAG_IF_RANGE;
    }
    return held.sameUrls() && held.validators().lastModified() != null
        ? How.LAST_MODIFIED_IF_RANGE
        : How.PLAIN_RANGE_LENGTH_AND_DIGEST;
  }

  private static OptionalLong length(Held held, OptionalLong expectedSize) {
    return held.lengthBytes().isPresent() ? held.lengthBytes() : expectedSize;
  }

  private static List<ByteRange> missing(Held held, OptionalLong length) {
    if (length.isPresent()) {
      return held.received().missing(length.getAsLong());
    }
    List<ByteRange> missing = new ArrayList<>(held.received().missing(receivedEnd(held)));
    missing.add(new ByteRange(receivedEnd(held), Long.MAX_VALUE));
    return missing;
  }

  private static long receivedEnd(Held held) {
    List<ByteRange> ranges = held.received().ranges();
    return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).end();
  }
}
