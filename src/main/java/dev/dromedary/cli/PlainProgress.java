package dev.dromedary.cli;

import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.TimeSpan;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which running transfers are due for a plain line: each at most once in ten seconds, the
 * first time ten seconds after it was first seen. Not thread-safe.
 */
final class PlainProgress {

  private static final Duration SPACING = Duration.ofSeconds(10);

  private final Map<String, Instant> spoken = new HashMap<>();

  /** Returns the lines due at {@code now}. */
  List<String> lines(List<ProgressSnapshot> running, Instant now) {
    List<String> lines = new ArrayList<>();
    Set<String> present = new HashSet<>();
    for (ProgressSnapshot snapshot : running) {
      present.add(snapshot.transferId());
      Instant last = spoken.putIfAbsent(snapshot.transferId(), now);
      boolean isDue = last != null && Duration.between(last, now).compareTo(SPACING) >= 0;
      if (isDue && snapshot.state() == TransferState.RUNNING) {
        spoken.put(snapshot.transferId(), now);
        lines.add(line(snapshot));
      }
    }
    spoken.keySet().retainAll(present);
    return List.copyOf(lines);
  }

  private static String line(ProgressSnapshot snapshot) {
    StringBuilder line = new StringBuilder(TerminalText.escape(snapshot.sourceId())).append(": ");
    snapshot.percent().ifPresent(percent -> line.append(percent).append("%, "));
    line.append(ByteSize.format(snapshot.receivedBytes()));
    snapshot.totalBytes().ifPresent(total -> line.append(" of ").append(ByteSize.format(total)));
    if (snapshot.awaitedHost() != null) {
      return line.append(", waits for a connection to ").append(snapshot.awaitedHost()).toString();
    }
    line.append(", ").append(Words.rate(snapshot.bytesPerSecond()));
    if (snapshot.eta() != null) {
      line.append(", ETA ").append(TimeSpan.format(snapshot.eta()));
    }
    return line.append(", ").append(Words.many(snapshot.connections(), "connection")).toString();
  }
}
