package dev.dromedary.observe;

import dev.dromedary.transfer.ByteRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as an operator sees it. Times are {@link dev.dromedary.transfer.UtcTime}, rates bytes
 * a second.
 *
 * @param transfer the id in the ledger
 * @param source the id in the source list
 * @param target where it lands, relative to the landing zone
 * @param state the {@link dev.dromedary.transfer.TransferState} in lower case
 * @param receivedBytes what is here, resumed bytes included
 * @param totalBytes the length of the file, when it is known
 * @param percent whole percent received, 0 to 100, when the length is known
 * @param networkBytes what came over the network in this process
 * @param resumedBytes what was here before the attempt that runs; of one that has ended, before it
 *     was started in this process
 * @param bytesPerSecond over the last ten seconds; 0 when it has ended
 * @param averageBytesPerSecond since it was started in this process
 * @param etaSeconds how long the rest takes at the present rate, when that can be said
 * @param connections how many are open; when it has ended, the most that were
 * @param attempts how many attempts were made, from 1; the one that runs or comes with its turn is
 *     included
 * @param startedAt when it was started in this process; absent while it waits
 * @param endedAt when it ended
 * @param verifiedBy what verified a landed file, e.g. {@code sha-256}
 * @param code why its last attempt failed, e.g. {@code E1005}
 * @param reason the same in words, why it was cancelled, or what one that runs waits for
 * @param nextAttemptAt when the next attempt is due, while one is waited for
 * @param here the bytes that are here, ascending; the last of at most {@link #MOST_RANGES} covers
 *     all the rest when there are more
 * @param fetching the bytes that are being fetched now, one range for each connection, at most
 *     {@link #MOST_RANGES}; what goes on to an end that is not known ends at {@code Long.MAX_VALUE}
 */
public record TransferStatus(
    String transfer,
    String source,
    String target,
    String state,
    long receivedBytes,
    @Nullable Long totalBytes,
    @Nullable Integer percent,
    long networkBytes,
    long resumedBytes,
    long bytesPerSecond,
    long averageBytesPerSecond,
    @Nullable Long etaSeconds,
    int connections,
    int attempts,
    @Nullable String startedAt,
    @Nullable String endedAt,
    @Nullable String verifiedBy,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String nextAttemptAt,
    List<ByteRange> here,
    List<ByteRange> fetching) {

  /** As many ranges are told. */
  public static final int MOST_RANGES = 64;

  public TransferStatus {
    here = List.copyOf(here);
    fetching = List.copyOf(fetching);
  }
}
