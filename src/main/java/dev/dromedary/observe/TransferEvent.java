package dev.dromedary.observe;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One change of a transfer's state. Immutable.
 *
 * @param at when it changed
 * @param transferId the id in the ledger
 * @param sourceId the id in the source list
 * @param target where it lands, relative to the landing zone
 * @param state the new state
 * @param totalBytes the length of the file, when it is known
 * @param receivedBytes what is here, resumed bytes included
 * @param mayResume whether another attempt may complete what is here: something tells its version
 * @param networkBytes what came over the network in this process
 * @param took the time since the transfer was started in this process
 * @param attempts how many attempts were made, the running one included
 * @param connections the most that were open at once
 * @param code why an attempt or the transfer failed
 * @param reason what is known about the failure beyond its code
 * @param nextAttemptAt when it is tried again; absent unless it waits for that
 * @param verifiedBy what verified the landed file in this transfer, e.g. {@code sha-256}
 * @param landedFile the landed file
 */
public record TransferEvent(
    Instant at,
    String transferId,
    String sourceId,
    String target,
    TransferState state,
    OptionalLong totalBytes,
    long receivedBytes,
    boolean mayResume,
    long networkBytes,
    Duration took,
    int attempts,
    int connections,
    @Nullable FailureCode code,
    @Nullable String reason,
    @Nullable Instant nextAttemptAt,
    @Nullable String verifiedBy,
    @Nullable Path landedFile) {

  /** Says whether the transfer ended well: landed or unchanged. */
  public boolean isGood() {
    return state == TransferState.LANDED || state == TransferState.UNCHANGED;
  }

  /** Says whether the transfer begins in this process, with bytes that were here before. */
  public boolean isResume() {
    return state == TransferState.RUNNING && receivedBytes > 0 && networkBytes == 0;
  }

  /** Returns what to do next about why it failed, for a user; null when it did not. */
  public @Nullable String remedy() {
    if (code == null) {
      return null;
    }
    boolean isGivenUp = state == TransferState.FAILED;
    String remedy = isGivenUp ? code.remedyWhenGivenUp() : code.remedy();
    return mayResume ? remedy : FailureCode.withoutResume(remedy, receivedBytes > 0, isGivenUp);
  }

  /** Returns the network's average rate over the whole transfer, 0 when it took no time. */
  public long averageBytesPerSecond() {
    return took.toMillis() <= 0 ? 0 : Math.round(networkBytes * 1000.0 / took.toMillis());
  }
}
