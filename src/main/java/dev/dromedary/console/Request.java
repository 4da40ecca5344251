package dev.dromedary.console;

import com.sun.net.httpserver.Headers;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request to the console.
 *
 * @param method as it was sent, e.g. {@code GET}
 * @param path decoded, begins with a slash
 * @param query not decoded; null when there is none
 * @param headers of the request
 * @param body to be read at most once
 */
record Request(
    String method, String path, @Nullable String query, Headers headers, InputStream body) {

  /** Returns a header that stands exactly once. */
  Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1
        ? Optional.empty()
        : Optional.ofNullable(values.get(0));
  }

  /** Says whether a header stands there at all. */
  boolean has(String name) {
    return headers.containsKey(name);
  }

  /** Says whether it may change something. */
  boolean isPost() {
    return method.equals("POST");
  }

  /** Says whether the path is this one or lies below it. */
  boolean isUnder(String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }
}
