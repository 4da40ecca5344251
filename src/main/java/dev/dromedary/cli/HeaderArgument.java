package dev.dromedary.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Request headers on the command line. Source: RFC 9110 §5.1, §5.5. */
final class HeaderArgument {

  private static final Pattern FORM =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e\\t\\x80-\\uffff]*)");

  private static final Set<String> OURS =
      Set.of(
          "host",
          "range",
          "if-range",
          "if-none-match",
          "if-modified-since",
          "if-match",
          "accept-encoding",
          "connection",
          "content-length",
          "transfer-encoding",
          "te",
          "upgrade");

  private HeaderArgument() {}

  /**
   * Reads {@code Name: value} entries in their order.
   *
   * @throws UsageException when one is malformed, given twice or this program's own; the value,
   *     which may be a credential, is not repeated
   */
  static Map<String, String> parse(List<String> entries) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String entry : entries) {
      Matcher matcher = FORM.matcher(entry);
      if (!matcher.matches()) {
        throw new UsageException("--header: expected 'Name: value' on one line");
      }
      String name = matcher.group(1);
      String lower = name.toLowerCase(Locale.ROOT);
      if (OURS.contains(lower)) {
        throw new UsageException("--header " + name + ": is set by this program itself");
      }
      if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
        throw new UsageException("--header " + name + ": given twice");
      }
      headers.put(name, matcher.group(2).strip());
    }
    return headers;
  }
}
