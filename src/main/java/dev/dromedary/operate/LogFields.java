package dev.dromedary.operate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/**
 * Takes the message of a log event apart into its fields: {@code key={}} and {@code key="…"} with
 * blanks between. The template is taken apart before its arguments are put in, so that no text of
 * an argument becomes a field. A message that is not written so is one field, {@code msg}. Pure.
 */
final class LogFields {

  private static final Pattern FIELD =
      Pattern.compile("([A-Za-z][A-Za-z0-9._-]*)=(?:\"([^\"]*)\"|([^\\s\"]*))(?:\\s+|$)");

  /** Needs no quotes, or has them. */
  private static final Pattern BARE = Pattern.compile("[^\\s\"]+|\"[^\"\\\\]*\"");

  private static final String PLACE = "{}";

  private LogFields() {}

  /** Returns the fields in the order written; a value is a number, a truth value, null or text. */
  static Map<String, @Nullable Object> of(
      String template, @Nullable Object @Nullable [] arguments) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    boolean isWrittenSo =
        eachOf(
            template,
            arguments,
            (name, value, isQuoted, given) -> fields.put(name, value(value, given)));
    return isWrittenSo ? fields : plain(template, arguments);
  }

  /**
   * Returns the fields as one line: a value that holds blanks or quotes is quoted, with a backslash
   * before quotes and backslashes in it. A message that is not written so stays as it is.
   */
  static String text(@Nullable String template, @Nullable Object @Nullable [] arguments) {
    String written = String.valueOf(template);
    StringBuilder line = new StringBuilder();
    boolean isWrittenSo =
        eachOf(
            written,
            arguments,
            (name, value, isQuoted, given) -> {
              String text = MessageFormatter.basicArrayFormat(value, given);
              line.append(line.isEmpty() ? "" : " ").append(name).append('=');
              line.append(isQuoted || !isBare(text) ? quoted(text) : text);
            });
    return isWrittenSo ? line.toString() : MessageFormatter.basicArrayFormat(written, arguments);
  }

  /** Returns whether the template is nothing but fields. */
  private static boolean eachOf(
      String template, @Nullable Object @Nullable [] arguments, Visitor visitor) {
    @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
    Matcher field = FIELD.matcher(template);
    int used = 0;
    for (int at = 0; at < template.length(); at = field.end()) {
      if (!field.region(at, template.length()).lookingAt()) {
        return false;
      }
      boolean isQuoted = field.group(2) != null;
      String value = isQuoted ? field.group(2) : field.group(3);
      int places = places(value);
      visitor.field(field.group(1), value, isQuoted, from(given, used, places));
      used += places;
    }
    return true;
  }

  private static boolean isBare(String text) {
    return BARE.matcher(text).matches();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static Map<String, @Nullable Object> plain(
      String text, @Nullable Object @Nullable [] given) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("msg", MessageFormatter.basicArrayFormat(text, given));
    return fields;
  }

  private static @Nullable Object value(String value, @Nullable Object[] arguments) {
    if (!value.equals(PLACE) || arguments.length == 0) {
      return MessageFormatter.basicArrayFormat(value, arguments);
    }
    Object argument = arguments[0];
    boolean isPlain = argument == null || argument instanceof Number || argument instanceof Boolean;
    return isPlain ? argument : MessageFormatter.basicArrayFormat(PLACE, arguments);
  }

  private static @Nullable Object[] from(@Nullable Object[] given, int first, int count) {
    int from = Math.min(first, given.length);
    return Arrays.copyOfRange(given, from, Math.min(from + count, given.length));
  }

  private static int places(String value) {
    int places = 0;
    for (int at = value.indexOf(PLACE); at >= 0; at = value.indexOf(PLACE, at + PLACE.length())) {
      places++;
    }
    return places;
  }

  /** Is told of a field: its value as the template has it, and the arguments that it takes. */
  @FunctionalInterface
  private interface Visitor {
    void field(String name, String value, boolean isQuoted, @Nullable Object[] given);
  }
}
