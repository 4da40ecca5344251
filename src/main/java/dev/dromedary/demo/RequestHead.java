package dev.dromedary.demo;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The head of one request as it came in.
 *
 * @param method in upper case as sent
 * @param target path and query, undecoded
 * @param version such as {@code HTTP/1.1}
 * @param headers values by name in any case, in the order they came
 */
record RequestHead(
    String method, String target, String version, Map<String, List<String>> headers) {

  RequestHead {
    TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    headers = Collections.unmodifiableMap(copy);
  }

  /** Returns the target without its query. */
  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Returns the values of a field, joined with commas as they are equivalent to. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(", ", values));
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /** Says whether the client lets the connection be used again. Source: RFC 9112 §9.3. */
  boolean keepsAlive() {
    return version.equals("HTTP/1.1") && !header("Connection").orElse("").equalsIgnoreCase("close");
  }

  /** Returns the head without a field. */
  RequestHead without(String name) {
    TreeMap<String, List<String>> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    others.putAll(headers);
    others.remove(name);
    return new RequestHead(method, target, version, others);
  }
}
