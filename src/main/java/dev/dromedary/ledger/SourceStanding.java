package dev.dromedary.ledger;

import dev.dromedary.transfer.TransferState;
import org.jspecify.annotations.Nullable;

/**
 * How a source stands, in as little as is needed to count and choose among many.
 *
 * @param isPaused whether polls skip it
 * @param failuresInARow failed transfers since one landed or was unchanged, 0 or more
 * @param lastOutcome the terminal state its last ended transfer reached
 * @param active the state of its transfer that has not ended
 */
public record SourceStanding(
    boolean isPaused,
    int failuresInARow,
    @Nullable TransferState lastOutcome,
    @Nullable TransferState active) {

  /** How a source stands of which the ledger knows nothing. */
  public static final SourceStanding UNKNOWN = new SourceStanding(false, 0, null, null);
}
