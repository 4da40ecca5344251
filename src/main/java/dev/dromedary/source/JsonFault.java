package dev.dromedary.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Jackson refuses, in words for a user; nothing of a word is quoted. Pure. */
final class JsonFault {

  private static final Pattern CHARACTER =
      Pattern.compile(
          "Unexpected character \\('(.)' \\(code \\d+\\)\\)[^:]*: (?:was )?expect(?:ing|ed) (.*)");
  private static final Pattern CLOSED =
      Pattern.compile("Unexpected close marker '(.)': expected '(.)'.*", Pattern.DOTALL);

  private JsonFault() {}

  /** Returns what was expected and what was found, of the message of Jackson without its place. */
  static String of(String message) {
    Matcher character = CHARACTER.matcher(message);
    if (character.matches()) {
      return "expected " + character.group(2) + ", found '" + character.group(1) + "'";
    }
    Matcher closed = CLOSED.matcher(message);
    if (closed.matches()) {
      return "expected '" + closed.group(2) + "', found '" + closed.group(1) + "'";
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return "expected the rest of it, found its end";
    }
    // What it quotes may be part of a credential.
    return message.startsWith("Unrecognized token")
        ? "expected text in quotes, a number, true, false or null, found another word"
        : "expected valid syntax, " + message;
  }
}
