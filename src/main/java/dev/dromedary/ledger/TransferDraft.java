package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A transfer record being changed: what may change is a field, the rest stays. One thread. */
final class TransferDraft {

  private final TransferRecord from;
  TransferState state;
  int attempts;
  Validators validators;
  OptionalLong lengthBytes;
  long receivedBytes;
  long fetchedBytes;
  @Nullable FailureCode code;
  @Nullable String reason;
  @Nullable Instant nextAttemptAt;
  @Nullable String asked;
  @Nullable String worker;
  @Nullable String partFile;
  @Nullable FileStamp delivering;
  @Nullable String deliveringFor;
  @Nullable String verifiedBy;
  @Nullable Instant endedAt;

  TransferDraft(TransferRecord from) {
    this.from = from;
    state = from.state();
    attempts = from.attempts();
    validators = from.validators();
    lengthBytes = from.lengthBytes();
    receivedBytes = from.receivedBytes();
    fetchedBytes = from.fetchedBytes();
    code = from.code();
    reason = from.reason();
    nextAttemptAt = from.nextAttemptAt();
    asked = from.asked();
    worker = from.worker();
    partFile = from.partFile();
    delivering = from.delivering();
    deliveringFor = from.deliveringFor();
    verifiedBy = from.verifiedBy();
    endedAt = from.endedAt();
  }

  TransferRecord record() {
    return new TransferRecord(
        from.id(),
        from.sourceId(),
        from.pollId(),
        from.target(),
        state,
        from.version(),
        attempts,
        validators,
        lengthBytes,
        receivedBytes,
        fetchedBytes,
        code,
        reason,
        nextAttemptAt,
        asked,
        worker,
        partFile,
        delivering,
        deliveringFor,
        verifiedBy,
        from.createdAt(),
        from.updatedAt(),
        endedAt);
  }
}
