package dev.dromedary.flow;

import dev.dromedary.demo.Content;
import dev.dromedary.transfer.DigestAlgorithm;
import java.net.URI;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One entry of a source list as a test writes it; immutable.
 *
 * @param id the source's id
 * @param keys every other key with its value as it stands in YAML
 */
record Entry(String id, Map<String, String> keys) {

  /** An entry that lands under its id. */
  static Entry of(String id, URI url) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("url", quoted(url.toString()));
    keys.put("to", quoted(id));
    return new Entry(id, keys);
  }

  /** Returns it with a key, its value as in YAML. */
  Entry with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(keys);
    more.put(key, value);
    return new Entry(id, more);
  }

  /** Returns it expecting the SHA-256 of some bytes. */
  Entry withDigestOf(Content content) {
    String hex = HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256));
    return with("digest", "sha-256=" + hex);
  }

  Entry to(String target) {
    return with("to", quoted(target));
  }

  String yaml() {
    return keys.entrySet().stream()
        .map(key -> "    " + key.getKey() + ": " + key.getValue() + "\n")
        .collect(Collectors.joining("", "  - id: " + quoted(id) + "\n", ""));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
