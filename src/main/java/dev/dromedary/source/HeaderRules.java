package dev.dromedary.source;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand under {@code headers}: names that cannot break the transfer, values that cannot
 * break the request. Messages never repeat a value. Source: RFC 9110 §5.
 *
 * @param environment resolves the NAME of {@code {{env:NAME}}}; null when it is not set
 */
public record HeaderRules(Function<String, @Nullable String> environment) {

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]{0,255})\\}\\}");
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /**
   * Returns the name if a user may set it.
   *
   * @throws IllegalArgumentException with a message for the user when not
   */
  public String name(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(text).matches()) {
      throw refused(text, "expected a header name of letters, digits and '-'");
    }
    // Camel takes headers of its own name for instructions.
    if (OURS.contains(lower)
        || lower.startsWith("if-")
        || lower.startsWith("camel")
        || lower.startsWith("dromedary-")) {
      throw refused(text, "expected another name, this header is set by dromedary");
    }
    return text;
  }

  /**
   * Returns the value with its references resolved; what they resolve to is taken literally.
   *
   * @throws IllegalArgumentException with a message for the user when it cannot be sent
   */
  public String value(String name, String text) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder value = new StringBuilder();
    int end = 0;
    while (reference.find()) {
      String variable = reference.group(1);
      String found = environment.apply(variable);
      if (found == null) {
        throw refused(name, "expected the environment variable " + variable + ", it is not set");
      }
      value.append(literal(name, text.substring(end, reference.start()))).append(found);
      end = reference.end();
    }
    return sendable(name, value.append(literal(name, text.substring(end))).toString().strip());
  }

  private static String literal(String name, String piece) {
    if (piece.contains("{{")) {
      throw refused(name, "expected only references of the form {{env:NAME}}");
    }
    return piece;
  }

  private static String sendable(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n') {
        throw refused(name, "expected one line, found a line break in its value");
      }
      if (c != '\t' && (c < ' ' || c > '~')) {
        throw refused(
            name, String.format(Locale.ROOT, "expected ASCII, found U+%04X in its value", (int) c));
      }
    }
    return value;
  }

  private static IllegalArgumentException refused(String name, String why) {
    return new IllegalArgumentException("header " + Quoted.of(name) + ": " + why);
  }
}
