package dev.dromedary.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of cells under headings, each column as wide as it needs; cells are made harmless. */
final class TextTable {

  private static final int WIDEST = 60;

  private final Glyphs glyphs;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(Glyphs glyphs, String... headings) {
    this.glyphs = glyphs;
    rows.add(List.of(headings));
  }

  /** Adds a row; what is absent is a dash. */
  void add(@Nullable Object... cells) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      String text = cells[i] == null ? "-" : TerminalText.escape(cells[i].toString());
      row.add(i == cells.length - 1 ? text : TerminalText.fit(text, WIDEST, glyphs));
    }
    rows.add(row);
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** Returns the lines, headings first. */
  List<String> lines() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length - 1; i++) {
      padded.add(TerminalText.pad(row.get(i), widths[i], glyphs));
    }
    padded.add(row.get(widths.length - 1));
    return String.join("  ", padded).stripTrailing();
  }
}
