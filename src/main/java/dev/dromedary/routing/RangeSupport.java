package dev.dromedary.routing;

import dev.dromedary.response.Verdict;
import dev.dromedary.response.Verdict.Relation;
import dev.dromedary.transfer.Representation;

/** What an answer says of whether parts of the same version may be asked for beside it. */
enum RangeSupport {
  /** It is a part. */
  SHOWN,
  /**
   * It is the whole, but only since what is held is of another version (RFC 9110 section 13.1.5):
   * its server announces ranges, and names the version.
   */
  ANNOUNCED,
  /** It is the whole although a part was asked for, or would have been of no use. */
  NONE;

  static RangeSupport of(PartRequest request, Verdict.Body body) {
    if (!body.whole()) {
      return SHOWN;
    }
    Representation found = body.representation();
    boolean isAnnounced =
        request.sentIfRange()
            && body.relation() == Relation.NEW_VERSION
            && found.acceptsRanges()
            && found.lengthBytes().isPresent()
            && found.validators().ifRange().isPresent();
    return isAnnounced ? ANNOUNCED : NONE;
  }
}
