package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as the ledger holds it. The methods that return a changed copy change nothing that is
 * stored: hand the copy to {@link Ledger#advance}.
 *
 * @param id sortable by creation
 * @param sourceId the source it brings home
 * @param pollId the poll that enqueued it; absent when an operator did
 * @param target where it lands, relative to the landing zone
 * @param state where it stands
 * @param version grows by one with every stored change, 0 or more
 * @param attempts failed attempts since it was enqueued or replayed, 0 or more
 * @param validators the version of the source that its bytes belong to
 * @param lengthBytes the whole length, 0 or more, once known
 * @param receivedBytes bytes that are in the part file, 0 or more
 * @param fetchedBytes body bytes that came over the network, those fetched twice included, 0 or
 *     more
 * @param code why its last attempt failed; always there when FAILED or RETRYING
 * @param reason the same in words, or why it was cancelled
 * @param nextAttemptAt not to be tried before; absent means at once; of a dead letter, when the
 *     version that it refused may be fetched by another transfer
 * @param asked a fingerprint of what its source asked for when it failed; absent while it has not,
 *     or by an older program
 * @param worker who works on it; absent when nobody does
 * @param partFile where its bytes wait, relative to the work directory
 * @param delivering the verified file as it was before the delivery began, to recognise after a
 *     crash that the delivery was done
 * @param deliveringFor a fingerprint of what its source asked for then, against which that file was
 *     verified
 * @param verifiedBy what its bytes were verified with
 * @param createdAt when it was enqueued
 * @param updatedAt when it was last stored
 * @param endedAt when it reached a terminal state; present exactly then
 */
public record TransferRecord(
    String id,
    String sourceId,
    @Nullable String pollId,
    String target,
    TransferState state,
    long version,
    int attempts,
    Validators validators,
    OptionalLong lengthBytes,
    long receivedBytes,
    long fetchedBytes,
    @Nullable FailureCode code,
    @Nullable String reason,
    @Nullable Instant nextAttemptAt,
    @Nullable String asked,
    @Nullable String worker,
    @Nullable String partFile,
    @Nullable FileStamp delivering,
    @Nullable String deliveringFor,
    @Nullable String verifiedBy,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt) {

  public TransferRecord {
    requireNotNegative(id, "version", version);
    requireNotNegative(id, "attempts", attempts);
    requireNotNegative(id, "lengthBytes", lengthBytes.orElse(0));
    requireNotNegative(id, "receivedBytes", receivedBytes);
    requireNotNegative(id, "fetchedBytes", fetchedBytes);
    boolean failed = state == TransferState.FAILED || state == TransferState.RETRYING;
    if (failed && code == null) {
      throw new IllegalArgumentException(
          "transfer " + id + ": " + state + " expects a failure code, found none");
    }
  }

  /** Returns the number of the attempt that runs, comes with its turn, or ran last; from 1. */
  public int attempt() {
    boolean isOver = state == TransferState.FAILED || state == TransferState.RETRYING;
    return Math.max(1, isOver ? attempts : attempts + 1);
  }

  /** Returns it in another state with the same facts; for those that no other method names. */
  public TransferRecord withState(TransferState next) {
    TransferDraft draft = new TransferDraft(this);
    draft.state = next;
    return draft.record();
  }

  /**
   * Returns it waiting for its next attempt, with one more failed one.
   *
   * @param askedFor a fingerprint of what its source asks for, by which it is told to wait
   */
  public TransferRecord retrying(
      FailureCode why, String words, @Nullable Instant at, @Nullable String askedFor) {
    TransferDraft draft = failing(TransferState.RETRYING, why, words);
    draft.nextAttemptAt = at;
    draft.asked = askedFor;
    return draft.record();
  }

  /** Returns it as a dead letter, with one more failed attempt. */
  public TransferRecord failed(FailureCode why, String words) {
    TransferDraft draft = failing(TransferState.FAILED, why, words);
    draft.nextAttemptAt = null;
    draft.asked = null;
    return draft.record();
  }

  /**
   * Returns it with what its source asked for.
   *
   * @param fingerprint by which an edit of that is noticed
   */
  public TransferRecord withAsked(String fingerprint) {
    TransferDraft draft = new TransferDraft(this);
    draft.asked = fingerprint;
    return draft.record();
  }

  /**
   * Returns a dead letter whose version need not be fetched by the next transfer, as long as its
   * source asks for the same.
   *
   * @param until when it may be
   */
  public TransferRecord refusing(Instant until) {
    TransferDraft draft = new TransferDraft(this);
    draft.nextAttemptAt = until;
    return draft.record();
  }

  /** Returns it as ended on somebody's wish; that an attempt before had failed is not why. */
  public TransferRecord cancelled(String words) {
    TransferDraft draft = new TransferDraft(this);
    draft.state = TransferState.CANCELLED;
    draft.code = null;
    draft.reason = words;
    return draft.record();
  }

  /**
   * Returns it on its way to the landing zone.
   *
   * @param verified the file as it is before that
   * @param askedFor a fingerprint of what its source asks for, against which it was verified
   * @param by what it was verified with
   */
  public TransferRecord delivering(FileStamp verified, String askedFor, @Nullable String by) {
    TransferDraft draft = new TransferDraft(this);
    draft.state = TransferState.DELIVERING;
    draft.delivering = verified;
    draft.deliveringFor = askedFor;
    draft.verifiedBy = by;
    return draft.record();
  }

  /** Returns it bound to one version of its source. */
  public TransferRecord withVersionOfSource(Validators found, OptionalLong length) {
    TransferDraft draft = new TransferDraft(this);
    draft.validators = found;
    draft.lengthBytes = length;
    return draft.record();
  }

  /** Returns it with its bytes waiting in a part file. */
  public TransferRecord withPartFile(@Nullable String path) {
    TransferDraft draft = new TransferDraft(this);
    draft.partFile = path;
    return draft.record();
  }

  /** Returns it with other counts of bytes. */
  public TransferRecord withBytes(long received, long fetched) {
    TransferDraft draft = new TransferDraft(this);
    draft.receivedBytes = received;
    draft.fetchedBytes = fetched;
    return draft.record();
  }

  /** Returns it with another count of failed attempts, for failures that do not count. */
  public TransferRecord withAttempts(int count) {
    TransferDraft draft = new TransferDraft(this);
    draft.attempts = count;
    return draft.record();
  }

  /** Returns it without what belongs to the version received so far; the network bytes remain. */
  public TransferRecord startedOver() {
    TransferDraft draft = new TransferDraft(this);
    draft.validators = Validators.NONE;
    draft.lengthBytes = OptionalLong.empty();
    draft.receivedBytes = 0;
    draft.partFile = null;
    draft.delivering = null;
    draft.deliveringFor = null;
    draft.verifiedBy = null;
    return draft.record();
  }

  private TransferDraft failing(TransferState next, FailureCode why, String words) {
    TransferDraft draft = new TransferDraft(this);
    draft.state = next;
    draft.attempts = attempts + 1;
    draft.code = why;
    draft.reason = words;
    return draft;
  }

  private static void requireNotNegative(String id, String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "transfer " + id + ": " + field + " " + value + ": expected 0 or more");
    }
  }
}
