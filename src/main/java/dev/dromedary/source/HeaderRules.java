package dev.dromedary.source;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

  /** Parts of the names of headers whose values are credentials. */
  private static final Pattern CREDENTIAL =
      Pattern.compile("auth|cookie|token|secret|passw|credential|signature|api-?key|access-?key");

  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
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

  /** Says whether the value is by its name a credential, and is one as it stands. */
  static boolean isBareCredential(String name, String text) {
    return CREDENTIAL.matcher(name.toLowerCase(Locale.ROOT)).find() && !References.isIn(text);
  }

  /**
   * Returns the value as it is written, its references not resolved.
   *
   * @throws IllegalArgumentException with a message for the user when it could not be sent
   */
  public String checked(String name, String text) {
    value(name, text);
    return text;
  }

  /**
   * Returns headers as they are sent, with the references of every value resolved now.
   *
   * @throws IllegalArgumentException as {@link #value}
   */
  public Map<String, String> resolved(Map<String, String> headers) {
    Map<String, String> resolved = new LinkedHashMap<>();
    headers.forEach((name, text) -> resolved.put(name, value(name, text)));
    return resolved;
  }

  /**
   * Returns the value with its references resolved; what they resolve to is taken literally.
   *
   * @throws IllegalArgumentException with a message for the user when it cannot be sent
   */
  public String value(String name, String text) {
    return sendable(name, references().resolved(header(name), text));
  }

  /** Returns how references are resolved, also where no header is written. */
  References references() {
    return new References(environment);
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
    return new IllegalArgumentException(header(name) + ": " + why);
  }

  private static String header(String name) {
    return "header " + Quoted.of(name);
  }
}
