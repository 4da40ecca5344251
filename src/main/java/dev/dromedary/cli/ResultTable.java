package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.TransferState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The closing table of a poll: one row a source, below it why it failed. Pure. */
final class ResultTable {

  /** More ends than this are shown as failures and a count. */
  static final int ROWS = 100;

  private static final List<String> HEADINGS =
      List.of(
          "SOURCE", "OUTCOME", "BYTES", "FETCHED", "SECONDS", "RATE", "ATTEMPTS", "VERIFIED BY");

  private static final int FETCHED = 3;

  /** Columns in the order in which they are left out where the terminal is narrow. */
  private static final List<Integer> DISPENSABLE = List.of(6, 5, 3, 7, 4, 2);

  private static final int NAME_WIDTH = 40;
  private static final int LEAST_NAME_WIDTH = 14;
  private static final String INDENT = "    ";

  private ResultTable() {}

  /**
   * Returns the rows with their headings, each as wide as a terminal at most, which may cost
   * columns; nothing when nothing ended. What was fetched, which the rate is of, has a column where
   * it is other than what is here. Reasons stand below their rows, whole, in one line each where
   * there is no terminal.
   */
  static List<String> rows(List<TransferEvent> ended, Terminal terminal) {
    if (ended.isEmpty()) {
      return List.of();
    }
    List<TransferEvent> shown =
        ended.size() <= ROWS ? ended : ended.stream().filter(event -> !event.isGood()).toList();
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADINGS);
    shown.forEach(event -> cells.add(cells(event)));
    int columns = terminal.isInteractive() ? terminal.size().get().columns() : Integer.MAX_VALUE;
    int[] needed = widths(cells);
    if (shown.stream().allMatch(event -> Words.fetched(event).isEmpty())) {
      needed[FETCHED] = 0;
    }
    int[] widths = fitted(needed, columns);
    List<String> rows = new ArrayList<>();
    rows.add(join(cells.get(0), widths, terminal.glyphs()));
    for (int i = 0; i < shown.size(); i++) {
      rows.add(join(cells.get(i + 1), widths, terminal.glyphs()));
      rows.addAll(reason(shown.get(i), columns));
    }
    if (shown.size() < ended.size()) {
      rows.add("and " + (ended.size() - shown.size()) + " more, landed or unchanged");
    }
    return List.copyOf(rows);
  }

  private static int[] widths(List<List<String>> cells) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    return widths;
  }

  /** Returns the widths that the columns get, 0 for those that are left out. */
  private static int[] fitted(int[] needed, int columns) {
    int[] widths = needed.clone();
    int least = Math.min(widths[0], LEAST_NAME_WIDTH);
    for (int column : DISPENSABLE) {
      if (least + others(widths) > columns) {
        widths[column] = 0;
      }
    }
    int name = Math.max(least, Math.min(NAME_WIDTH, columns - others(widths)));
    widths[0] = Math.min(widths[0], name);
    return widths;
  }

  private static int others(int[] widths) {
    return Arrays.stream(widths).skip(1).filter(width -> width > 0).map(width -> width + 2).sum();
  }

  private static List<String> reason(TransferEvent event, int columns) {
    if (event.code() == null || event.isGood()) {
      return List.of();
    }
    String reason = Words.failure(event.code(), event.reason());
    return TerminalText.wrap(reason, columns - INDENT.length()).stream()
        .map(line -> INDENT + line)
        .toList();
  }

  private static List<String> cells(TransferEvent event) {
    boolean moved = event.state() == TransferState.LANDED || event.networkBytes() > 0;
    return List.of(
        TerminalText.escape(event.sourceId()),
        Words.of(event.state()),
        moved ? ByteSize.format(event.receivedBytes()) : "-",
        moved ? ByteSize.format(event.networkBytes()) : "-",
        Words.seconds(event.took()),
        moved ? Words.rate(event.averageBytesPerSecond()) : "-",
        Integer.toString(event.attempts()),
        event.verifiedBy() == null ? "-" : TerminalText.escape(event.verifiedBy()));
  }

  private static String join(List<String> row, int[] widths, Glyphs glyphs) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0) {
        padded.add(TerminalText.pad(row.get(i), widths[i], glyphs));
      }
    }
    return String.join("  ", padded).stripTrailing();
  }
}
