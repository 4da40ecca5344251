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
  /**
   * It is the whole although a part was asked for, or would have been of no use; or nothing would
   * tell whether another part is of the same version.
   */
  NONE;

  static RangeSupport of(TransferRun run, PartRequest request, Verdict.Body body) {
    if (!body.whole()) {
      return isVersionTold(run, body.representation()) ? SHOWN : NONE;
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

  /** Says whether it is told of bytes from two answers that they are of one version (I3). */
  static boolean isVersionTold(TransferRun run, Representation found) {
    return found.validators().ifRange().isPresent()
        || !found.digests().isEmpty()
        || run.source().hasDigest();
  }
}
