package dev.dromedary.operate;

import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferStatus;
import dev.dromedary.routing.OpenRuns;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.UtcTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Puts together what is told of a transfer. Pure. */
final class TransferReport {

  private TransferReport() {}

  /** Tells of one that runs. */
  static TransferStatus of(ProgressSnapshot now, OpenRuns.@Nullable Strip strip) {
    return new TransferStatus(
        now.transferId(),
        now.sourceId(),
        now.target(),
        now.state().word(),
        now.receivedBytes(),
        orNull(now.totalBytes()),
        now.percent().isPresent() ? (Integer) now.percent().getAsInt() : null,
        now.networkBytes(),
        now.resumedBytes(),
        now.bytesPerSecond(),
        now.averageBytesPerSecond(),
        now.eta() == null ? null : (Long) now.eta().toSeconds(),
        now.connections(),
        now.attempt(),
        UtcTime.formatOrNull(now.startedAt()),
        null,
        null,
        now.awaitedHost() == null ? label(now.lastFailure()) : null,
        now.awaitedHost() == null
            ? now.lastReason()
            : "waits for a connection to " + now.awaitedHost(),
        UtcTime.formatOrNull(now.retryAt()),
        strip == null ? List.of() : bounded(strip.here()),
        strip == null ? List.of() : bounded(strip.fetching()));
  }

  /** Tells of one that has just ended. */
  static TransferStatus of(TransferEvent end) {
    return new TransferStatus(
        end.transferId(),
        end.sourceId(),
        end.target(),
        end.state().word(),
        end.receivedBytes(),
        orNull(end.totalBytes()),
        percent(end.receivedBytes(), end.totalBytes()),
        end.networkBytes(),
        Math.max(0, end.receivedBytes() - end.networkBytes()),
        0,
        end.averageBytesPerSecond(),
        null,
        end.connections(),
        Math.max(1, end.attempts()),
        UtcTime.formatOrNull(end.at().minus(end.took())),
        UtcTime.formatOrNull(end.at()),
        end.verifiedBy(),
        label(end.code()),
        end.reason(),
        null,
        whole(end.receivedBytes()),
        List.of());
  }

  /** Tells of one that only the ledger knows. */
  static TransferStatus of(TransferRecord record) {
    return new TransferStatus(
        record.id(),
        record.sourceId(),
        record.target(),
        record.state().word(),
        record.receivedBytes(),
        orNull(record.lengthBytes()),
        percent(record.receivedBytes(), record.lengthBytes()),
        record.fetchedBytes(),
        0,
        0,
        0,
        null,
        0,
        record.attempt(),
        null,
        UtcTime.formatOrNull(record.endedAt()),
        record.verifiedBy(),
        label(record.code()),
        record.reason(),
        record.state().isTerminal() ? null : UtcTime.formatOrNull(record.nextAttemptAt()),
        whole(record.receivedBytes()),
        List.of());
  }

  /** Where there are too many, the last is told as if all the rest were here. */
  static List<ByteRange> bounded(List<ByteRange> ranges) {
    int most = TransferStatus.MOST_RANGES;
    if (ranges.size() <= most) {
      return ranges;
    }
    List<ByteRange> few = new ArrayList<>(ranges.subList(0, most - 1));
    few.add(new ByteRange(ranges.get(most - 1).start(), ranges.get(ranges.size() - 1).end()));
    return few;
  }

  private static List<ByteRange> whole(long bytes) {
    return bytes == 0 ? List.of() : List.of(new ByteRange(0, bytes));
  }

  private static @Nullable Integer percent(long received, OptionalLong total) {
    if (total.isEmpty()) {
      return null;
    }
    long all = total.getAsLong();
    return all == 0 ? 100 : (int) Math.min(100, 100.0 * received / all);
  }

  private static @Nullable String label(@Nullable FailureCode code) {
    return code == null ? null : code.label();
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}
