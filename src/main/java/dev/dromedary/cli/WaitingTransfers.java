package dev.dromedary.cli;

import dev.dromedary.observe.TransferStatus;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transfers that wait: for their next attempt, the next first, then for a turn.
 *
 * @param some the first of them, at most {@link TransfersMXBean#MOST_WAITING}
 * @param all how many there are; of those that wait for their next attempt as many are counted as
 *     the service tells
 */
record WaitingTransfers(List<TransferStatus> some, int all) {

  /** As many are shown, the rest is counted. */
  static final int SHOWN = 10;

  /** What a narrow terminal does without, the first first. */
  private static final List<String> SPARE = List.of("TRY", "STATE", "DONE");

  WaitingTransfers {
    some = List.copyOf(some);
  }

  /**
   * Asks a service.
   *
   * @param queueDepth how many are queued there, for a turn or for a time that is to come
   */
  static WaitingTransfers of(TransfersMXBean transfers, int queueDepth) {
    List<TransferStatus> all = new ArrayList<>(transfers.getWaiting());
    all.sort(Comparator.comparing(WaitingTransfers::next));
    long counted = all.stream().filter(one -> !one.state().equals("queued")).count();
    all.addAll(transfers.getQueued());
    return new WaitingTransfers(
        all.stream().limit(TransfersMXBean.MOST_WAITING).toList(),
        Math.max(all.size(), (int) counted + queueDepth));
  }

  /** Returns a table of the first, as the terminal can show it; nothing where nothing waits. */
  List<String> lines(Terminal terminal, Instant now) {
    if (some.isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(terminal.glyphs(), "SOURCE", "STATE", "DONE", "TRY", "NEXT", "WHY");
    List<TransferStatus> shown = some.subList(0, Math.min(SHOWN, some.size()));
    for (TransferStatus one : shown) {
      table.add(
          one.source(),
          one.state(),
          one.percent() == null ? null : one.percent() + "%",
          one.attempts(),
          when(one, now),
          why(one));
    }
    List<String> lines = new ArrayList<>(table.lines(terminal, SPARE));
    if (all > shown.size()) {
      lines.add("and " + (all - shown.size()) + " more that wait");
    }
    return lines;
  }

  private static Instant next(TransferStatus waiting) {
    return waiting.nextAttemptAt() == null ? Instant.MIN : Instant.parse(waiting.nextAttemptAt());
  }

  private static String when(TransferStatus waiting, Instant now) {
    if (isInTurn(waiting, now)) {
      return "in turn";
    }
    Duration left = Duration.between(now, next(waiting));
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? "now" : "in " + TimeSpan.format(left);
  }

  /** Says whether it waits for nothing but a place: whose time has come gets one in its turn. */
  static boolean isInTurn(TransferStatus waiting, Instant now) {
    return next(waiting).isBefore(now);
  }

  private static @Nullable String why(TransferStatus waiting) {
    if (waiting.code() == null) {
      return null;
    }
    return waiting.reason() == null ? waiting.code() : waiting.code() + " " + waiting.reason();
  }
}
