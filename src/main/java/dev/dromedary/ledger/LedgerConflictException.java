package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;

/**
 * What was to be changed is not what the caller knows: another worker or an operator changed it
 * first. Read it again and decide anew.
 */
public final class LedgerConflictException extends DromedaryException {

  /** Creates a conflict; the message says what was expected and what was found. */
  public LedgerConflictException(String message) {
    super(FailureCode.LEDGER, message);
  }
}
