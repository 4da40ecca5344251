package dev.dromedary.cli;

import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.TimeSpan;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One running transfer in one row: name, bar, percent, rate, time left, bytes, connections,
 * attempt. A narrow row loses them from the right, the bar last. Pure.
 */
final class BarLine {

  private static final int BAR_MIN = 8;
  private static final int BAR_MAX = 30;
  private static final int WIDE = 80;
  private static final String GAP = "  ";

  private final int columns;
  private final Glyphs glyphs;
  private final Instant now;

  /** Creates the drawing of rows at most {@code columns} cells wide, as of {@code now}. */
  BarLine(int columns, Glyphs glyphs, Instant now) {
    this.columns = columns;
    this.glyphs = glyphs;
    this.now = now;
  }

  /** Returns the row, never wider than {@code columns}. */
  String of(ProgressSnapshot snapshot) {
    int nameWidth = Math.min(32, Math.max(8, columns / 4));
    String name = TerminalText.pad(TerminalText.escape(snapshot.sourceId()), nameWidth, glyphs);
    List<String> fields = fields(snapshot);
    int rest = columns - nameWidth - BAR_MIN - GAP.length();
    while (fields.size() > 1 && width(fields) > rest) {
      fields.remove(fields.size() - 1);
    }
    int free = columns - nameWidth - width(fields) - GAP.length();
    String bar = free < BAR_MIN ? "" : GAP + bar(snapshot.percent(), Math.min(BAR_MAX, free));
    return TerminalText.head(name + bar + GAP + String.join(GAP, fields), columns);
  }

  private List<String> fields(ProgressSnapshot snapshot) {
    List<String> fields = new ArrayList<>();
    OptionalInt percent = snapshot.percent();
    fields.add(right(percent.isPresent() ? percent.getAsInt() + "%" : "-", 4));
    if (snapshot.state() == TransferState.RUNNING && snapshot.awaitedHost() == null) {
      Duration eta = snapshot.eta();
      fields.add(right(Words.rate(snapshot.bytesPerSecond()), 12));
      fields.add(right(eta == null ? "ETA -" : "ETA " + TimeSpan.format(eta), 10));
    } else {
      fields.add(
          columns < WIDE ? standing(snapshot) : TerminalText.pad(standing(snapshot), 24, glyphs));
    }
    fields.add(right(bytes(snapshot), 19));
    fields.add(right(snapshot.connections() + " conn", 7));
    fields.add(snapshot.attempt() > 1 ? "try " + snapshot.attempt() : "     ");
    return fields;
  }

  private String standing(ProgressSnapshot snapshot) {
    if (snapshot.awaitedHost() != null) {
      return "waits for a connection";
    }
    if (snapshot.state() != TransferState.RETRYING) {
      return snapshot.state().word();
    }
    Instant at = snapshot.retryAt();
    String when =
        at == null || !at.isAfter(now) ? "" : " in " + TimeSpan.format(Duration.between(now, at));
    String why = snapshot.lastFailure() == null ? "" : " " + snapshot.lastFailure().label();
    return "retry" + when + why;
  }

  private static String bytes(ProgressSnapshot snapshot) {
    String received = ByteSize.format(snapshot.receivedBytes());
    return snapshot.totalBytes().isPresent()
        ? received + "/" + ByteSize.format(snapshot.totalBytes().getAsLong())
        : received;
  }

  /** A file of unknown length has an empty place instead of a bar. */
  private String bar(OptionalInt percent, int width) {
    if (percent.isEmpty()) {
      return " ".repeat(width);
    }
    int full = percent.getAsInt() * width / 100;
    return glyphs.full().repeat(full) + glyphs.empty().repeat(width - full);
  }

  private static int width(List<String> fields) {
    return fields.stream().mapToInt(field -> GAP.length() + TerminalText.width(field)).sum();
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
