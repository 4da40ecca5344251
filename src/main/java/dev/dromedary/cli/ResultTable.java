package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.TransferState;
import java.util.ArrayList;
import java.util.List;

/** The closing table of a poll: one row a source, failures with code and reason. Pure. */
final class ResultTable {

  /** More ends than this are shown as failures and a count. */
  static final int ROWS = 100;

  private static final List<String> HEADINGS =
      List.of("SOURCE", "OUTCOME", "BYTES", "SECONDS", "RATE", "ATTEMPTS", "VERIFIED BY", "REASON");
  private static final int NAME_WIDTH = 40;

  private ResultTable() {}

  /** Returns the rows with their headings; nothing when nothing ended. */
  static List<String> rows(List<TransferEvent> ended, Glyphs glyphs) {
    if (ended.isEmpty()) {
      return List.of();
    }
    List<TransferEvent> shown =
        ended.size() <= ROWS ? ended : ended.stream().filter(event -> !event.isGood()).toList();
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADINGS);
    shown.forEach(event -> cells.add(cells(event, glyphs)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    List<String> rows = new ArrayList<>();
    cells.forEach(row -> rows.add(join(row, widths, glyphs)));
    if (shown.size() < ended.size()) {
      rows.add("and " + (ended.size() - shown.size()) + " more, landed or unchanged");
    }
    return List.copyOf(rows);
  }

  private static List<String> cells(TransferEvent event, Glyphs glyphs) {
    boolean moved = event.state() == TransferState.LANDED || event.networkBytes() > 0;
    return List.of(
        TerminalText.fit(TerminalText.escape(event.sourceId()), NAME_WIDTH, glyphs),
        Words.of(event.state()),
        moved ? ByteSize.format(event.receivedBytes()) : "-",
        Words.seconds(event.took()),
        moved ? Words.rate(event.averageBytesPerSecond()) : "-",
        Integer.toString(event.attempts()),
        event.verifiedBy() == null ? "-" : TerminalText.escape(event.verifiedBy()),
        event.code() == null || event.isGood() ? "" : Words.failure(event.code(), event.reason()));
  }

  private static String join(List<String> row, int[] widths, Glyphs glyphs) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      padded.add(TerminalText.pad(row.get(i), widths[i], glyphs));
    }
    return String.join("  ", padded).stripTrailing();
  }
}
