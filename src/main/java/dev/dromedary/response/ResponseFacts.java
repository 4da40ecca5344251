package dev.dromedary.response;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Status and headers of one response. Names are found in any case; names that are not ASCII are
 * left out, because case rules beyond ASCII would let {@code Dıgest} pass for {@code Digest}.
 * Immutable, thread-safe.
 *
 * @param status the status code as received, any number
 * @param headers each name with the values of its field lines, in the order received
 */
public record ResponseFacts(int status, Map<String, List<String>> headers) {

  public ResponseFacts {
    Map<String, List<String>> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> {
          if (name.chars().allMatch(c -> c < 128)) {
            merged.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values);
          }
        });
    merged.replaceAll((name, values) -> List.copyOf(values));
    headers = Collections.unmodifiableMap(merged);
  }

  /** Returns the values of all field lines of that name, in order; empty without one. */
  public List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Says whether there is a field line of that name. */
  public boolean has(String name) {
    return !all(name).isEmpty();
  }

  /**
   * Returns the value of a field that may appear once, without blanks around it. Empty without a
   * field line, when it is blank, when it holds a control character and when the lines disagree.
   */
  public Optional<String> only(String name) {
    Set<String> distinct = new LinkedHashSet<>();
    all(name).forEach(value -> distinct.add(value.strip()));
    return distinct.size() == 1
        ? Optional.of(distinct.iterator().next()).filter(ResponseFacts::isPlainText)
        : Optional.empty();
  }

  private static boolean isPlainText(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> c < 0x20 && c != '\t' || c == 0x7f);
  }
}
