package dev.dromedary.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One file of {@code routes/}.
 *
 * @param id the file's name without {@code .camel.yaml}
 * @param text as users write it
 * @param document as Camel reads it
 */
record RouteFile(String id, String text, JsonNode document) {

  static final String SUFFIX = ".camel.yaml";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]*)}}");

  static List<RouteFile> all() {
    return Checkout.files("routes", ".yaml").stream().map(RouteFile::read).toList();
  }

  private static RouteFile read(Path file) {
    String name = String.valueOf(file.getFileName());
    String text = Checkout.text(file);
    try {
      return new RouteFile(
          name.replace(SUFFIX, ""), text, new ObjectMapper(new YAMLFactory()).readTree(text));
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  boolean isRoute() {
    return definition("route").isObject();
  }

  /** Returns what stands below {@code route} or {@code routeConfiguration}. */
  JsonNode definition() {
    return isRoute() ? definition("route") : definition("routeConfiguration");
  }

  private JsonNode definition(String kind) {
    return document.path(0).path(kind);
  }

  /** Returns the comment at the head of the file. */
  List<String> header() {
    return text.lines().takeWhile(line -> line.startsWith("# ")).toList();
  }

  List<String> placeholders() {
    return PLACEHOLDER.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  /** Returns what messages go to within this application, in the order of the steps. */
  List<String> targets() {
    List<String> targets = new ArrayList<>();
    eachKey(
        (key, value) -> {
          if (key.equals("to") && value.path("uri").asText().matches("(direct|seda):.*")) {
            targets.add(value.path("uri").asText());
          }
        });
    return targets;
  }

  /** Shows every key of the file with its value, from top to bottom. */
  void eachKey(BiConsumer<String, JsonNode> reader) {
    eachKey(document, reader);
  }

  private static void eachKey(JsonNode node, BiConsumer<String, JsonNode> reader) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      reader.accept(entry.getKey(), entry.getValue());
      eachKey(entry.getValue(), reader);
    }
    if (node.isArray()) {
      node.forEach(element -> eachKey(element, reader));
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
