package dev.dromedary.cli;

import java.util.List;

/**
 * Keeps a block of rows at the end of a terminal's text and replaces it in place; other lines go
 * above it and scroll away. Returns what to print and prints nothing itself. Not thread-safe.
 *
 * <p>After a resize the terminal may have folded rows that no longer fit, so the block is taken to
 * be as tall as it is at the new width.
 */
final class Screen {

  private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private List<String> block = List.of();

  /**
   * Returns the text that replaces the block.
   *
   * @param columns the terminal's present width
   * @param above lines to leave above, each harmless
   * @param rows the new block, each narrower than {@code columns}
   */
  String replace(int columns, List<String> above, List<String> rows) {
    int up = block.stream().mapToInt(row -> heightOf(row, columns)).sum();
    StringBuilder text = new StringBuilder();
    if (up > 0) {
      text.append("\u001b[").append(up).append('A');
    }
    text.append('\r');
    above.forEach(line -> text.append(line).append(CLEAR_TO_END_OF_LINE).append("\r\n"));
    rows.forEach(row -> text.append(row).append(CLEAR_TO_END_OF_LINE).append("\r\n"));
    block = List.copyOf(rows);
    return text.append(CLEAR_BELOW).toString();
  }

  private static int heightOf(String row, int columns) {
    return Math.max(1, (TerminalText.width(row) + columns - 1) / columns);
  }
}
