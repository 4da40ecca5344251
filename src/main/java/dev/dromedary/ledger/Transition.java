package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Instant;

/** What a change of a transfer must obey, and which facts follow from the state it reaches. */
final class Transition {

  private Transition() {}

  /**
   * Returns {@code to} as it is to be stored.
   *
   * @throws DromedaryException {@link FailureCode#BUG_FOUND} when the change is not allowed
   */
  static TransferRecord settle(TransferRecord from, TransferRecord to, Instant now) {
    if (!from.id().equals(to.id()) || !from.sourceId().equals(to.sourceId())) {
      throw refused(from, "cannot become transfer " + to.id() + " of source " + to.sourceId());
    }
    boolean sameState = from.state() == to.state() && !from.state().isTerminal();
    if (!sameState && !from.state().canBecome(to.state())) {
      throw refused(from, "is " + from.state() + " and cannot become " + to.state());
    }
    TransferDraft draft = new TransferDraft(to);
    TransferState next = to.state();
    draft.endedAt = next.isTerminal() ? now : null;
    boolean worked =
        next == TransferState.RUNNING
            || next == TransferState.VERIFYING
            || next == TransferState.DELIVERING;
    if (!worked) {
      draft.worker = null;
    }
    if (worked || (next.isTerminal() && next != TransferState.FAILED)) {
      draft.nextAttemptAt = null;
    }
    if (next == TransferState.LANDED || next == TransferState.UNCHANGED) {
      draft.code = null;
      draft.reason = null;
    }
    if (from.state().isTerminal()) {
      draft.attempts = 0;
      draft.code = null;
      draft.reason = null;
      draft.nextAttemptAt = null;
    }
    if (draft.nextAttemptAt == null && next != TransferState.FAILED) {
      draft.asked = null;
    }
    return draft.record();
  }

  private static DromedaryException refused(TransferRecord from, String what) {
    return new DromedaryException(FailureCode.BUG_FOUND, "transfer " + from.id() + " " + what);
  }
}
