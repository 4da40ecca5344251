package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a transfer: what was asked and how it ended.
 *
 * @param transferId the transfer it belongs to
 * @param number 1 or more, counts through replays
 * @param startedAt when the request was made
 * @param endedAt absent while it runs
 * @param url the URL without credentials and query, masked by the caller
 * @param rangeStart the first byte asked for, 0 or more
 * @param receivedBytes bytes that came, 0 or more
 * @param status the HTTP status of the answer that failed, or in whose body it did; if there was
 *     one
 * @param code why it failed; absent when it did not
 * @param reason the same in words
 */
public record AttemptRecord(
    String transferId,
    int number,
    Instant startedAt,
    @Nullable Instant endedAt,
    String url,
    long rangeStart,
    long receivedBytes,
    OptionalInt status,
    @Nullable FailureCode code,
    @Nullable String reason) {

  public AttemptRecord {
    if (number < 1) {
      throw new IllegalArgumentException("attempt number " + number + ": expected 1 or more");
    }
    if (rangeStart < 0 || receivedBytes < 0) {
      throw new IllegalArgumentException(
          "attempt rangeStart "
              + rangeStart
              + ", receivedBytes "
              + receivedBytes
              + ": expected 0 or more");
    }
  }

  /** Starts an attempt that has received nothing yet. */
  public static AttemptRecord started(
      String transferId, int number, Instant startedAt, String maskedUrl, long rangeStart) {
    return new AttemptRecord(
        transferId,
        number,
        startedAt,
        null,
        maskedUrl,
        rangeStart,
        0,
        OptionalInt.empty(),
        null,
        null);
  }

  /** Returns the attempt as it failed. */
  public AttemptRecord failed(
      Instant at, OptionalInt httpStatus, long bytes, FailureCode why, String words) {
    return new AttemptRecord(
        transferId, number, startedAt, at, url, rangeStart, bytes, httpStatus, why, words);
  }
}
