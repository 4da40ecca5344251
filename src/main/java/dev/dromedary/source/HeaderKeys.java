package dev.dromedary.source;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads the key {@code headers}, of a source, the defaults or an origin. */
final class HeaderKeys {

  private final Problems problems;
  private final HeaderRules headerRules;

  HeaderKeys(Problems problems, HeaderRules headerRules) {
    this.problems = problems;
    this.headerRules = headerRules;
  }

  /** Returns the headers with those the fields have put over them, names in any case. */
  Map<String, String> over(Map<String, String> defaults, Fields fields) {
    Map<String, Node.Entry> written = fields.map("headers");
    if (written.isEmpty()) {
      return defaults;
    }
    Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(defaults);
    Map<String, Integer> lines = new HashMap<>();
    written.forEach(
        (name, entry) -> {
          Node.Text key = new Node.Text(entry.line(), name);
          fields
              .parsed("headers", key, headerRules::name)
              .flatMap(n -> fields.parsed(n, entry.value(), v -> headerRules.checked(n, v)))
              .ifPresent(
                  value -> {
                    warnOfBareCredential(name, value, entry.line());
                    merged.remove(name);
                    merged.put(name, value);
                  });
          Integer other = lines.putIfAbsent(TargetName.key(name), entry.line());
          if (other != null) {
            problems.add(entry.line(), NodeReader.duplicate(name, other));
          }
        });
    return merged;
  }

  private void warnOfBareCredential(String name, String value, int line) {
    if (HeaderRules.isBareCredential(name, value)) {
      problems.warn(
          line,
          "header "
              + Quoted.of(name)
              + ": expected a credential by reference, {{env:NAME}} or {{file:PATH}}, found it"
              + " written out");
    }
  }
}
