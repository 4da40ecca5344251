package dev.dromedary.cli;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** The closing table of a poll: one row a source, below it why it failed. Pure. */
final class ResultTable {

  /** More ends than this are shown as failures and a count. */
  static final int ROWS = 100;

  /** What a narrow terminal does without, the first first. */
  private static final List<String> SPARE =
      List.of("ATTEMPTS", "RATE", "FETCHED", "VERIFIED BY", "SECONDS", "BYTES");

  private static final String INDENT = "    ";

  private ResultTable() {}

  /**
   * Returns the rows with their headings, each as wide as a terminal at most, which may cost
   * columns; nothing when nothing ended, or many and all of them well. What was fetched, which the
   * rate is of, is told where it is other than what is here. Reasons stand below their rows, whole,
   * in one line each where there is no terminal.
   */
  static List<String> rows(List<TransferEvent> ended, Terminal terminal) {
    List<TransferEvent> shown =
        ended.size() <= ROWS ? ended : ended.stream().filter(event -> !event.isGood()).toList();
    if (shown.isEmpty()) {
      return List.of();
    }
    List<String> table = table(shown, terminal.glyphs()).lines(terminal, SPARE);
    int columns = terminal.isInteractive() ? terminal.size().get().columns() : Integer.MAX_VALUE;
    List<String> rows = new ArrayList<>();
    rows.add(table.get(0));
    for (int i = 0; i < shown.size(); i++) {
      rows.add(table.get(i + 1));
      rows.addAll(reason(shown.get(i), columns));
    }
    if (shown.size() < ended.size()) {
      rows.add("and " + (ended.size() - shown.size()) + " more, landed or unchanged");
    }
    return List.copyOf(rows);
  }

  private static TextTable table(List<TransferEvent> shown, Glyphs glyphs) {
    boolean isFetchedTold = shown.stream().anyMatch(event -> !Words.fetched(event).isEmpty());
    TextTable table =
        new TextTable(
            glyphs,
            "SOURCE",
            "OUTCOME",
            "BYTES",
            "FETCHED",
            "SECONDS",
            "RATE",
            "ATTEMPTS",
            "VERIFIED BY");
    for (TransferEvent event : shown) {
      boolean moved = isToldInBytes(event);
      table.add(
          event.sourceId(),
          event.state().word(),
          moved ? ByteSize.format(event.receivedBytes()) : null,
          moved ? ByteSize.format(event.networkBytes()) : null,
          Words.seconds(event.took()),
          moved ? Words.rate(event.averageBytesPerSecond()) : null,
          event.attempts(),
          event.verifiedBy());
    }
    return isFetchedTold ? table : table.without("FETCHED");
  }

  /** What is here of an unchanged one was here before, and what failed may have all of it. */
  private static boolean isToldInBytes(TransferEvent event) {
    return switch (event.state()) {
      case LANDED -> true;
      case UNCHANGED -> event.networkBytes() > 0;
      default -> event.networkBytes() > 0 || event.receivedBytes() > 0;
    };
  }

  private static List<String> reason(TransferEvent event, int columns) {
    if (event.code() == null || event.isGood()) {
      return List.of();
    }
    String reason = Words.failure(event);
    return TerminalText.wrap(reason, columns - INDENT.length()).stream()
        .map(line -> INDENT + line)
        .toList();
  }
}
