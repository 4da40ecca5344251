package dev.dromedary.source;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that are named in place of being written out: {@code {{env:NAME}}} and {@code
 * {{file:PATH}}}. Messages never repeat a text.
 *
 * @param environment resolves the NAME of {@code {{env:NAME}}}; null when it is not set
 */
record References(Function<String, @Nullable String> environment) {

  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{(?:env:([A-Za-z_][A-Za-z0-9_]{0,255})|file:([^{}]{1,1024}))\\}\\}");

  /** Says whether one stands anywhere in a text. */
  static boolean isIn(String text) {
    return REFERENCE.matcher(text).find();
  }

  /**
   * Returns the text with its references resolved; what they resolve to is taken literally.
   *
   * @param what it is the text of, for the user
   * @throws IllegalArgumentException with a message for the user when one cannot be resolved
   */
  String resolved(String what, String text) {
    return resolved(what, text, UnaryOperator.identity());
  }

  /** Resolves in the same way, where the text has characters of its own that a secret may have. */
  String resolved(String what, String text, UnaryOperator<String> escaped) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder value = new StringBuilder();
    int end = 0;
    while (reference.find()) {
      value
          .append(literal(what, text.substring(end, reference.start())))
          .append(escaped.apply(found(what, reference)));
      end = reference.end();
    }
    return value.append(literal(what, text.substring(end))).toString().strip();
  }

  private String found(String what, Matcher reference) {
    String variable = reference.group(1);
    if (variable == null) {
      try {
        return SecretFile.read(reference.group(2));
      } catch (IllegalArgumentException e) {
        throw refused(what, String.valueOf(e.getMessage()));
      }
    }
    String found = environment.apply(variable);
    if (found == null) {
      throw refused(what, "expected the environment variable " + variable + ", it is not set");
    }
    if (found.isBlank()) {
      throw refused(what, "expected the environment variable " + variable + ", it is empty");
    }
    return found;
  }

  private static String literal(String what, String piece) {
    if (piece.contains("{{")) {
      throw refused(what, "expected only references of the form {{env:NAME}} or {{file:PATH}}");
    }
    return piece;
  }

  private static IllegalArgumentException refused(String what, String why) {
    return new IllegalArgumentException(what + ": " + why);
  }
}
