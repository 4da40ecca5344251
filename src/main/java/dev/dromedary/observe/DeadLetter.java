package dev.dromedary.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that was given up, with what a person needs to decide what becomes of it. Times are
 * {@link dev.dromedary.transfer.UtcTime}.
 *
 * @param transfer the id in the ledger
 * @param source the id in the source list
 * @param target where it would have landed, relative to the landing zone
 * @param code why, e.g. {@code E4404}
 * @param meaning what that means
 * @param remedy what to do next
 * @param reason what is known about it beyond the code
 * @param endedAt when it was given up
 * @param receivedBytes what is here of it
 * @param totalBytes the length of the file, when it is known
 * @param validator the ETag, else the Last-Modified, of the version it was fetching
 * @param partFile where its bytes wait, relative to the work directory
 * @param attempts how many attempts were made, from 1
 * @param lastAttempts the last of them, ascending, at most {@link #MOST_ATTEMPTS}
 */
public record DeadLetter(
    String transfer,
    String source,
    String target,
    String code,
    String meaning,
    String remedy,
    @Nullable String reason,
    @Nullable String endedAt,
    long receivedBytes,
    @Nullable Long totalBytes,
    @Nullable String validator,
    @Nullable String partFile,
    int attempts,
    List<Attempt> lastAttempts) {

  /** As many attempts are told. */
  public static final int MOST_ATTEMPTS = 20;

  public DeadLetter {
    lastAttempts = List.copyOf(lastAttempts);
  }

  /**
   * One attempt at it.
   *
   * @param attempt its number, from 1, counted through retries
   * @param startedAt when it began
   * @param endedAt when it ended
   * @param url what was asked, without user information and query
   * @param fromByte the first byte asked for
   * @param networkBytes what came
   * @param httpStatus the HTTP status of the answer that failed, or in whose body it did; if there
   *     was one
   * @param code why it failed
   * @param reason the same in words
   */
  public record Attempt(
      int attempt,
      String startedAt,
      @Nullable String endedAt,
      String url,
      long fromByte,
      long networkBytes,
      @Nullable Integer httpStatus,
      @Nullable String code,
      @Nullable String reason) {}
}
