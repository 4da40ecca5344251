package dev.dromedary.cli;

import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.transfer.ByteSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Everything that runs, in as many rows as a terminal has: bars, what did not fit, the total. */
final class ProgressView {

  private ProgressView() {}

  /**
   * Returns the rows, at most {@code size.rows() - 1} and each narrower than {@code
   * size.columns()}, so that no row wraps and the cursor's row stays free; nothing when nothing
   * runs.
   */
  static List<String> rows(
      TerminalSize size, Glyphs glyphs, List<ProgressSnapshot> running, Tally ended, Instant now) {
    if (running.isEmpty()) {
      return List.of();
    }
    int columns = Math.max(1, size.columns() - 1);
    int available = Math.max(1, size.rows() - 1);
    int bars = running.size() + 1 <= available ? running.size() : Math.max(0, available - 2);
    BarLine line = new BarLine(columns, glyphs, now);
    List<String> rows = new ArrayList<>();
    running.stream().limit(bars).map(line::of).forEach(rows::add);
    int hidden = running.size() - bars;
    if (hidden > 0 && available > 1) {
      rows.add(TerminalText.head(more(hidden, glyphs), columns));
    }
    rows.add(TerminalText.head(total(running, ended), columns));
    return List.copyOf(rows);
  }

  private static String more(int hidden, Glyphs glyphs) {
    return (glyphs.equals(Glyphs.ASCII) ? "..." : glyphs.ellipsis()) + " and " + hidden + " more";
  }

  private static String total(List<ProgressSnapshot> running, Tally ended) {
    long received = running.stream().mapToLong(ProgressSnapshot::receivedBytes).sum();
    long rate = running.stream().mapToLong(ProgressSnapshot::bytesPerSecond).sum();
    String before = ended.counts().isEmpty() ? "" : ", " + ended.inWords();
    return "total  "
        + Words.rate(rate)
        + "  "
        + ByteSize.format(received)
        + "  "
        + running.size()
        + " running"
        + before;
  }
}
