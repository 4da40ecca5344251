package dev.dromedary.routing;

import dev.dromedary.origin.HostMemory;
import dev.dromedary.origin.OriginSlots;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;

/**
 * What the failure of a part means: for its attempt, and for whoever asks its host next. Guarded by
 * its {@link PartFlow}.
 */
final class PartFailures {

  private static final int IN_A_ROW_FOR_EACH_CONNECTION = 3;

  private final int mostInARow;
  private final OriginSlots slots;
  private final HostMemory memory;
  private int inARow;

  PartFailures(int mostConnections, TransferServices services) {
    this.mostInARow = IN_A_ROW_FOR_EACH_CONNECTION * mostConnections;
    this.slots = services.slots();
    this.memory = services.memory();
  }

  /** Is told that a part arrived whole. */
  void arrived() {
    inARow = 0;
  }

  /**
   * Says whether the attempt goes on without the part.
   *
   * @param hasOthers whether other parts of the attempt run, which shows that it is served
   */
  boolean costsOneConnection(FailureCode code, boolean hasOthers) {
    return hasOthers && concernsOneConnection(code) && ++inARow < mostInARow;
  }

  /**
   * Remembers what the host of a part has shown. A 503 to a transfer's only request is this URL's
   * trouble; beside others of it that are served, it is one connection too many.
   */
  void remember(Part part, FailureCode code, boolean hasOthers) {
    boolean isRefusal =
        code == FailureCode.TOO_MANY_REQUESTS
            || (code == FailureCode.SERVICE_UNAVAILABLE && hasOthers)
            || code == FailureCode.CONNECT_FAILED;
    if (isRefusal && !part.isServed()) {
      slots.refused(part.host());
    } else if (code == FailureCode.RANGE_MISMATCH
        && !part.mirror().areRangesRefused()
        && !part.flow().mustBeRanged(part)) {
      memory.rangesRefused(part.host());
    }
  }

  /** The disk and the lowest speed are those of all connections together. */
  private static boolean concernsOneConnection(FailureCode code) {
    boolean isStatus = code.number() >= 4400 && code.number() < 4500;
    return isStatus
        || code == FailureCode.RANGE_MISMATCH
        || code == FailureCode.NO_DESCRIPTOR
        || (code.action() == FailureAction.RETRY && code != FailureCode.TOO_SLOW);
  }
}
