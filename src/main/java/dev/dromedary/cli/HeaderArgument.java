package dev.dromedary.cli;

import dev.dromedary.source.HeaderRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Request headers on the command line: as in a source list, references included. */
final class HeaderArgument {

  private HeaderArgument() {}

  /**
   * Reads {@code Name: value} entries in their order.
   *
   * @throws UsageException when one is malformed, given twice or this program's own; the value,
   *     which may be a credential, is not repeated
   */
  static Map<String, String> parse(List<String> entries) {
    HeaderRules rules = new HeaderRules(System::getenv);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String entry : entries) {
      int colon = entry.indexOf(':');
      if (colon < 0) {
        throw new UsageException("--header: expected 'Name: value', found no ':'");
      }
      try {
        String name = rules.name(entry.substring(0, colon));
        if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
          throw new UsageException("--header " + name + ": given twice");
        }
        headers.put(name, rules.checked(name, entry.substring(colon + 1).strip()));
      } catch (IllegalArgumentException e) {
        throw new UsageException("--header: " + e.getMessage());
      }
    }
    return headers;
  }
}
