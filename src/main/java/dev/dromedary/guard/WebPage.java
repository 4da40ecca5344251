package dev.dromedary.guard;

import dev.dromedary.transfer.MediaRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Knows a web page by how it begins. Source: the WHATWG's MIME sniffing standard, §7.1. */
final class WebPage {

  /** So much of a body is looked at. */
  static final int START_BYTES = 1024;

  private static final Set<String> TYPES = Set.of("text/html", "application/xhtml+xml");
  private static final List<String> OPENINGS =
      List.of(
          "<!doctype html",
          "<html",
          "<head",
          "<script",
          "<iframe",
          "<h1",
          "<div",
          "<font",
          "<table",
          "<a",
          "<style",
          "<title",
          "<b",
          "<body",
          "<br",
          "<p",
          "<meta");

  private WebPage() {}

  /** Says whether the server calls it a page; where it calls it nothing, it may be one. */
  static boolean mayBeCalledSo(Optional<MediaRange> contentType) {
    return contentType.isEmpty() || isCalledSo(contentType);
  }

  /** Says whether the server calls it a page. */
  static boolean isCalledSo(Optional<MediaRange> contentType) {
    return contentType.isPresent() && TYPES.contains(contentType.get().toString());
  }

  /** Says whether a body begins as a page: blanks, comments and declarations before it left out. */
  static boolean begins(byte[] start) {
    int length = Math.min(start.length, START_BYTES);
    String text =
        new String(start, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    String rest = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    rest = rest.stripLeading();
    while (rest.startsWith("<!--") || rest.startsWith("<?")) {
      String closing = rest.startsWith("<?") ? "?>" : "-->";
      int end = rest.indexOf(closing);
      if (end < 0) {
        return rest.startsWith("<!--");
      }
      rest = rest.substring(end + closing.length()).stripLeading();
    }
    String opening = rest;
    return OPENINGS.stream().anyMatch(tag -> isTag(opening, tag));
  }

  /** A longer word that begins alike is another tag. */
  private static boolean isTag(String text, String tag) {
    if (!text.startsWith(tag)) {
      return false;
    }
    return text.length() == tag.length()
        || text.charAt(tag.length()) == '>'
        || Character.isWhitespace(text.charAt(tag.length()));
  }
}
