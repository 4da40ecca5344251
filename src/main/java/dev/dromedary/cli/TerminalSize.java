package dev.dromedary.cli;

/**
 * How much a terminal shows.
 *
 * @param columns cells in a row, 1 or more
 * @param rows 1 or more
 */
record TerminalSize(int columns, int rows) {

  /** Assumed where nothing says otherwise. */
  static final TerminalSize DEFAULT = new TerminalSize(80, 24);

  TerminalSize {
    if (columns < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "terminal size " + columns + "x" + rows + ": expected 1 or more of each");
    }
  }
}
