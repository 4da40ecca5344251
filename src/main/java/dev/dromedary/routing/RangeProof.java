package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * Whether parts may be had of a version that is being read as a whole: a resume got the whole since
 * what was held is of another version (RFC 9110 section 13.1.5), from a server that announces
 * ranges. One part is asked for beside it, and only when that comes does the whole end where it
 * begins (ADR 0001). Guarded by its {@link PartFlow}.
 */
final class RangeProof {

  /** So often it is asked for when what it failed with says nothing of ranges. */
  private static final int MOST_ASKED = 3;

  private @Nullable Part whole;
  private @Nullable Part asked;
  private int timesAsked;

  /** Begins with a whole that was placed just now. */
  void begin(Part placed) {
    whole = placed;
  }

  /** Says whether it is not known yet whether parts may be had. */
  boolean isPending() {
    return whole != null;
  }

  /** Says whether the part that is to show it is not being asked for. */
  boolean mayAsk() {
    return isPending() && asked == null;
  }

  /** Notes that a part is asked for. */
  void asks(Part part) {
    if (mayAsk()) {
      asked = part;
      timesAsked++;
    }
  }

  boolean isAskedBy(Part part) {
    return part == asked;
  }

  /**
   * Is told that a part of the same version was placed: one of the two has the bytes from it on.
   */
  void answered(Part part) {
    Part read = whole;
    if (read != null && part == asked) {
      long from = part.asked().start();
      Part shorter = read.positionOffset() < from ? read : part;
      shorter.drawIn(from);
      whole = null;
      asked = null;
    }
  }

  /** Is told that the part failed; says whether the whole is read to its end. */
  boolean isRefuted(Failure why) {
    asked = null;
    boolean saysNothing =
        why.code().action() == FailureAction.RETRY && why.code() != FailureCode.RANGE_MISMATCH;
    if (saysNothing && timesAsked < MOST_ASKED) {
      return false;
    }
    whole = null;
    return true;
  }
}
