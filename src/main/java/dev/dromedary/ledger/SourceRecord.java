package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a source between polls.
 *
 * @param id the source's id in the source list
 * @param lastPolledAt when its newest transfer was enqueued, or one was cancelled by hand since
 * @param lastOutcome the terminal state its last ended transfer reached
 * @param lastCode why that one failed
 * @param lastReason the same in words
 * @param consecutiveFailures failed transfers since one landed or was unchanged, 0 or more
 * @param landed the file in the landing zone; absent before the first one and when forgotten
 * @param landedAt when that file landed
 * @param landedBy the transfer that landed it
 * @param pausedAt since when polls skip it; absent while they do not
 */
public record SourceRecord(
    String id,
    @Nullable Instant lastPolledAt,
    @Nullable TransferState lastOutcome,
    @Nullable FailureCode lastCode,
    @Nullable String lastReason,
    int consecutiveFailures,
    @Nullable LandedFile landed,
    @Nullable Instant landedAt,
    @Nullable String landedBy,
    @Nullable Instant pausedAt) {

  public SourceRecord {
    if (lastOutcome != null && !lastOutcome.isTerminal()) {
      throw new IllegalArgumentException(
          "lastOutcome " + lastOutcome + ": expected a terminal state");
    }
    if (consecutiveFailures < 0) {
      throw new IllegalArgumentException(
          "consecutiveFailures " + consecutiveFailures + ": expected 0 or more");
    }
  }
}
