package dev.dromedary.observe;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it stood at one moment. Immutable.
 *
 * @param transferId the id in the ledger
 * @param sourceId the id in the source list
 * @param target where it lands, relative to the landing zone
 * @param state where it stands
 * @param startedAt when it was started in this process
 * @param elapsed the time since then, zero or more
 * @param totalBytes the length of the file, when it is known
 * @param receivedBytes what is here, resumed bytes included; never more than the total
 * @param resumedBytes what was here before the attempt that runs
 * @param networkBytes what came over the network in this process, thrown away or not
 * @param bytesPerSecond the network's rate over the last ten seconds
 * @param averageBytesPerSecond the network's rate since {@code startedAt}
 * @param eta how long the rest takes at the present rate; absent when that cannot be said
 * @param connections how many are open
 * @param awaitedHost the host of which it waits for a connection, while it has none
 * @param attempt the number of the attempt that runs or ran last, from 1
 * @param lastFailure why the last attempt ended, if one failed
 * @param lastReason what is known about that failure beyond its code
 * @param retryAt when the next attempt is due, while one is waited for
 */
public record ProgressSnapshot(
    String transferId,
    String sourceId,
    String target,
    TransferState state,
    Instant startedAt,
    Duration elapsed,
    OptionalLong totalBytes,
    long receivedBytes,
    long resumedBytes,
    long networkBytes,
    long bytesPerSecond,
    long averageBytesPerSecond,
    @Nullable Duration eta,
    int connections,
    @Nullable String awaitedHost,
    int attempt,
    @Nullable FailureCode lastFailure,
    @Nullable String lastReason,
    @Nullable Instant retryAt) {

  /** Returns whole percent received, 0 to 100, when the total is known; 100 for an empty file. */
  public OptionalInt percent() {
    if (totalBytes.isEmpty()) {
      return OptionalInt.empty();
    }
    long total = totalBytes.getAsLong();
    return OptionalInt.of(total == 0 ? 100 : (int) (100.0 * receivedBytes / total));
  }
}
