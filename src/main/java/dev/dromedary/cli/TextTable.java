package dev.dromedary.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of cells under headings, each column as wide as it needs; cells are made harmless. */
final class TextTable {

  private static final int WIDEST = 60;
  private static final int NARROWEST = 16;
  private static final String GAP = "  ";

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
    int[] widths = widths();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /**
   * Returns the lines, none wider than {@code width}. Where that is too little for all, columns are
   * left out and one is shortened, down to {@value #NARROWEST} cells, before the rest is cut.
   *
   * @param elastic the heading of the column that is shortened
   * @param spare the headings of those left out, the first first
   */
  List<String> lines(int width, String elastic, List<String> spare) {
    List<String> headings = rows.get(0);
    int[] widths = widths();
    int stretched = headings.indexOf(elastic);
    int wanted = widths[stretched];
    widths[stretched] = Math.min(wanted, NARROWEST);
    for (String heading : spare) {
      if (left(widths, width) < 0) {
        widths[headings.indexOf(heading)] = 0;
      }
    }
    widths[stretched] += Math.max(0, Math.min(wanted - widths[stretched], left(widths, width)));
    return rows.stream().map(row -> TerminalText.head(line(row, widths), width)).toList();
  }

  /** Returns how many cells are free; the last column takes what there is. */
  private static int left(int[] widths, int width) {
    int used = 0;
    for (int i = 0; i < widths.length - 1; i++) {
      used += widths[i] == 0 ? 0 : widths[i] + GAP.length();
    }
    return width + GAP.length() - used;
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    return widths;
  }

  /** A column without width is left out. */
  private String line(List<String> row, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length - 1; i++) {
      if (widths[i] > 0) {
        padded.add(TerminalText.pad(row.get(i), widths[i], glyphs));
      }
    }
    padded.add(row.get(widths.length - 1));
    return String.join(GAP, padded).stripTrailing();
  }
}
