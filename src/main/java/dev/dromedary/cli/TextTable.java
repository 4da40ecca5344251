package dev.dromedary.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of cells under headings, each column as wide as it needs; cells are made harmless. Where
 * that is too wide, columns are left out, {@value #ELASTIC} is shortened, and the last column,
 * which may be a sentence, gets what is left.
 */
final class TextTable {

  /** The heading of the column that is shortened; every table has it. */
  private static final String ELASTIC = "SOURCE";

  private static final int WIDEST = 60;
  private static final int NARROWEST = 16;

  /** Less of the last column, which may be long text, is not worth what is left out for it. */
  private static final int LEAST_TEXT = 24;

  private static final String GAP = "  ";

  private final Glyphs glyphs;
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<String> omitted = new HashSet<>();

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

  /** Leaves a column out. */
  TextTable without(String heading) {
    omitted.add(heading);
    return this;
  }

  /** Returns the lines, headings first. */
  List<String> lines() {
    return lines(widths());
  }

  /** Returns the lines as the terminal can show them; whole, where there is none. */
  List<String> lines(Terminal terminal, List<String> spare) {
    return terminal.isInteractive() ? lines(terminal.size().get().columns(), spare) : lines();
  }

  /**
   * Returns the lines, none wider than {@code width}, 1 or more.
   *
   * @param spare the headings of the columns that are left out, the first first
   */
  List<String> lines(int width, List<String> spare) {
    List<String> headings = rows.get(0);
    int[] wanted = widths();
    int[] widths = wanted.clone();
    int elastic = headings.indexOf(ELASTIC);
    int last = widths.length - 1;
    widths[elastic] = Math.min(widths[elastic], NARROWEST);
    widths[last] = Math.min(widths[last], LEAST_TEXT);
    for (String heading : spare) {
      if (left(widths, width) < 0) {
        widths[headings.indexOf(heading)] = 0;
      }
    }
    fit(widths, last, widths[last], width);
    fit(widths, elastic, wanted[elastic], width);
    fit(widths, last, wanted[last], width);
    return lines(widths).stream().map(line -> TerminalText.head(line, width)).toList();
  }

  /** Gives a column what is free, up to {@code most}, or takes from it what is lacking. */
  private static void fit(int[] widths, int column, int most, int width) {
    if (widths[column] > 0) {
      int possible = widths[column] + left(widths, width);
      widths[column] = Math.max(1, Math.min(most, possible));
    }
  }

  /** Returns how many cells are free. */
  private static int left(int[] widths, int width) {
    int used = Arrays.stream(widths).filter(one -> one > 0).map(one -> one + GAP.length()).sum();
    return width + GAP.length() - used;
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.width(row.get(i)));
      }
    }
    omitted.forEach(heading -> widths[rows.get(0).indexOf(heading)] = 0);
    return widths;
  }

  private List<String> lines(int[] widths) {
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /** A column without width is left out. */
  private String line(List<String> row, int[] widths) {
    List<String> padded = new ArrayList<>();
    int last = widths.length - 1;
    for (int i = 0; i < last; i++) {
      if (widths[i] > 0) {
        padded.add(TerminalText.pad(row.get(i), widths[i], glyphs));
      }
    }
    if (widths[last] > 0) {
      padded.add(TerminalText.sentence(row.get(last), widths[last], glyphs));
    }
    return String.join(GAP, padded).stripTrailing();
  }
}
