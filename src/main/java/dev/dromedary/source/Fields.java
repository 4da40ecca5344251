package dev.dromedary.source;

import dev.dromedary.transfer.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The keys of one map of the list; what is not as expected becomes a problem, once. */
final class Fields {

  /** No value is longer; a URL is the longest. */
  private static final int MAX_LENGTH = SourceUrl.MAX_LENGTH;

  private final Node.Keys map;
  private final Problems problems;

  Fields(Node.Keys map, Problems problems) {
    this.map = map;
    this.problems = problems;
  }

  /** Reports every key that is not known here. */
  void refuseOthersThan(Collection<String> known) {
    map.entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                String expected = NearestName.oneOf(key, known);
                problems.add(entry.line(), "key " + Quoted.of(key) + ": " + expected);
              }
            });
  }

  boolean has(String key) {
    return map.entries().containsKey(key);
  }

  /** Says whether the key is there with nothing behind it. */
  boolean isEmpty(String key) {
    Node.Entry entry = map.entries().get(key);
    return entry != null
        && (entry.value() instanceof Node.Nothing
            || (entry.value() instanceof Node.Items list && list.items().isEmpty()));
  }

  /** Returns the line of the key, or of the map when it is not there. */
  int lineOf(String key) {
    Node.Entry entry = map.entries().get(key);
    return entry == null ? map.line() : entry.line();
  }

  /** Reads a scalar. */
  <T> Optional<T> value(String key, Function<String, T> parse) {
    Node.Entry entry = map.entries().get(key);
    return entry == null ? Optional.empty() : parsed(key, entry.value(), parse);
  }

  /** Reads a scalar, or a list of scalars. */
  <T> List<T> values(String key, Function<String, T> parse) {
    Node.Entry entry = map.entries().get(key);
    if (entry == null) {
      return List.of();
    }
    Stream<Node> nodes =
        entry.value() instanceof Node.Items list ? list.items().stream() : Stream.of(entry.value());
    return nodes.flatMap(node -> parsed(key, node, parse).stream()).toList();
  }

  /** Returns the entries of a map, none when it is not there. */
  Map<String, Node.Entry> map(String key) {
    Node.Entry entry = map.entries().get(key);
    if (entry == null || entry.value() instanceof Node.Refused) {
      return Map.of();
    }
    if (entry.value() instanceof Node.Keys keys) {
      return keys.entries();
    }
    problems.add(entry.value().line(), key + ": expected a map, found " + entry.value().kind());
    return Map.of();
  }

  /** Reads a scalar that stands anywhere. */
  <T> Optional<T> parsed(String key, Node node, Function<String, T> parse) {
    if (node instanceof Node.Text text) {
      try {
        if (text.value().length() > MAX_LENGTH) {
          throw new IllegalArgumentException(
              key + ": expected at most " + MAX_LENGTH + " characters");
        }
        return Optional.of(parse.apply(text.value()));
      } catch (IllegalArgumentException e) {
        problems.add(node.line(), String.valueOf(e.getMessage()));
      }
    } else if (!(node instanceof Node.Refused)) {
      problems.add(node.line(), key + ": expected text, found " + node.kind());
    }
    return Optional.empty();
  }
}
