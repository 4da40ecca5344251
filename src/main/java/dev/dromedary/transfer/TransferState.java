package dev.dromedary.transfer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a transfer stands. Persisted by name; a transition that {@link #canBecome} denies is a bug
 * and is refused by the ledger.
 */
public enum TransferState {
  /** Waits for a worker. */
  QUEUED,
  /** A worker asks and receives. */
  RUNNING,
  /** An attempt failed; the next one is due at a recorded time. */
  RETRYING,
  /** Every byte is here; digests are being finished. */
  VERIFYING,
  /** Verified; on its way to the landing zone. */
  DELIVERING,
  /** Delivered; the file is in the landing zone. */
  LANDED,
  /** The server's version is the one that landed before. */
  UNCHANGED,
  /** Given up: a dead letter, replayable. */
  FAILED,
  /** Ended by an operator or because its source left the list. */
  CANCELLED;

  /** Returns the state as it is told everywhere: {@code landed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says whether nothing more happens unless someone asks for it. */
  public boolean isTerminal() {
    return this == LANDED || this == UNCHANGED || this == FAILED || this == CANCELLED;
  }

  /** Says whether the state may be followed by {@code next}. */
  public boolean canBecome(TransferState next) {
    return successors().contains(next);
  }

  private Set<TransferState> successors() {
    return switch (this) {
      case QUEUED -> EnumSet.of(RUNNING, FAILED, CANCELLED);
      // DELIVERING: found delivered already, by a process that was killed before it could say so
      case RUNNING ->
          EnumSet.of(QUEUED, RETRYING, VERIFYING, DELIVERING, UNCHANGED, FAILED, CANCELLED);
      case RETRYING -> EnumSet.of(RUNNING, DELIVERING, QUEUED, FAILED, CANCELLED);
      case VERIFYING -> EnumSet.of(DELIVERING, QUEUED, RETRYING, FAILED, CANCELLED);
      case DELIVERING -> EnumSet.of(LANDED, QUEUED, RETRYING, FAILED, CANCELLED);
      case FAILED, CANCELLED -> EnumSet.of(QUEUED);
      case LANDED, UNCHANGED -> EnumSet.noneOf(TransferState.class);
    };
  }
}
