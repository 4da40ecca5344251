package dev.dromedary.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text from elsewhere made fit for a terminal: harmless, and of a known width in cells. */
final class TerminalText {

  /** What sets it apart from what is told of it is no part of it. */
  private static final Pattern URL = Pattern.compile("https?://\\S*[^\\s:;,.)]");

  private TerminalText() {}

  /**
   * Returns the text with everything that could steer a terminal written as an escape: control and
   * format characters (bidirectional overrides among them), line separators, lone surrogates.
   */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL -> safe.append(String.format(Locale.ROOT, "\\x%02x", c));
                case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    safe.append(String.format(Locale.ROOT, "\\u%04x", c));
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  /** Returns how many cells the escaped text takes. */
  static int width(String text) {
    return text.codePoints().map(TerminalText::cells).sum();
  }

  /** Returns the escaped text cut in its middle, so that it takes at most {@code width} cells. */
  static String fit(String text, int width, Glyphs glyphs) {
    if (width(text) <= width) {
      return text;
    }
    if (width < 2) {
      return width < 1 ? "" : glyphs.ellipsis();
    }
    int tail = (width - 1) / 2;
    return head(text, width - 1 - tail) + glyphs.ellipsis() + tail(text, tail);
  }

  /**
   * Returns an escaped sentence in at most {@code width} cells. The URL in it is what goes first,
   * from its middle on, then the end.
   */
  static String sentence(String text, int width, Glyphs glyphs) {
    int excess = width(text) - width;
    Matcher url = URL.matcher(text);
    if (excess <= 0 || width < 2) {
      return fit(text, width, glyphs);
    }
    String shorter =
        url.find()
            ? text.substring(0, url.start())
                + fit(url.group(), Math.max(1, width(url.group()) - excess), glyphs)
                + text.substring(url.end())
            : text;
    return width(shorter) <= width ? shorter : head(shorter, width - 1) + glyphs.ellipsis();
  }

  /** Returns the escaped text in exactly {@code width} cells, cut or filled with blanks. */
  static String pad(String text, int width, Glyphs glyphs) {
    String fitted = fit(text, width, glyphs);
    return fitted + " ".repeat(Math.max(0, width - width(fitted)));
  }

  /** Returns as much of the beginning as fits into {@code width} cells. */
  static String head(String text, int width) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      used += cells(c);
      if (used > width) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  /**
   * Returns the escaped text in lines of at most {@code width} cells; a longer word stays whole.
   */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (width(rest) > width) {
      int cut = rest.lastIndexOf(' ', head(rest, width).length());
      cut = cut > 0 ? cut : rest.indexOf(' ', 1);
      if (cut < 0) {
        break;
      }
      lines.add(rest.substring(0, cut));
      rest = rest.substring(cut + 1).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static String tail(String text, int width) {
    int used = 0;
    int start = text.length();
    while (start > 0) {
      int c = text.codePointBefore(start);
      used += cells(c);
      if (used > width) {
        break;
      }
      start -= Character.charCount(c);
    }
    return text.substring(start);
  }

  /** Wide are the East Asian scripts and pictographs of Unicode Standard Annex 11. */
  private static int cells(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
