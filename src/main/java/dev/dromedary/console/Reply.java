package dev.dromedary.console;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered to one request.
 *
 * @param status of HTTP
 * @param headers beside the length and those every answer has
 * @param body may be empty
 */
record Reply(int status, Map<String, String> headers, byte[] body) {

  static final String JSON = "application/json; charset=utf-8";
  static final String TEXT = "text/plain; charset=utf-8";

  Reply {
    headers = Map.copyOf(headers);
  }

  /** An answer of text that must not be kept. */
  static Reply of(int status, String type, String body) {
    return new Reply(
        status,
        Map.of("Content-Type", type, "Cache-Control", "no-store"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A refusal that says what was expected. */
  static Reply refusal(int status, String message) {
    return of(status, TEXT, message + "\n");
  }

  /** Returns it with one more header. */
  Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }
}
