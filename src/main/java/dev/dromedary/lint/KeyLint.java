package dev.dromedary.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Finds the keys of route files that the schema of Camel's YAML does not have. Camel names only the
 * first, with a rough line; but it also takes short forms that are not in the schema, so this is
 * asked only about files that Camel refused. Stateless.
 */
public final class KeyLint {

  private static final String SCHEMA = "/schema/camelYamlDsl-canonical.json";

  private final JsonNode definitions;
  private final List<Problem> problems = new ArrayList<>();

  private KeyLint(JsonNode definitions) {
    this.definitions = definitions;
  }

  /** Returns the problem of every unknown key, by line. */
  public static List<Problem> judge(List<Path> files) {
    try (InputStream text = KeyLint.class.getResourceAsStream(SCHEMA)) {
      if (text == null) {
        return List.of();
      }
      JsonNode items = new ObjectMapper().readTree(text).path("items");
      KeyLint lint = new KeyLint(items.path("definitions"));
      for (Path file : files) {
        RouteFile read = RouteFile.read(file, new ArrayList<>());
        read.elements().stream()
            .limit(1)
            .flatMap(root -> root.children().stream())
            .forEach(entry -> lint.judge(entry, items));
      }
      return ProblemOrder.sorted(lint.problems);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema of Camel's YAML cannot be read", e);
    }
  }

  private void judge(Element element, JsonNode schema) {
    JsonNode shape = resolved(schema);
    if (element.node() instanceof SequenceNode) {
      element.children().forEach(item -> judge(item, shape.path("items")));
      return;
    }
    Set<String> known = new TreeSet<>();
    shape.path("properties").fieldNames().forEachRemaining(known::add);
    if (!element.isMap() || known.isEmpty()) {
      return;
    }
    boolean isClosed = !shape.path("additionalProperties").asBoolean(true);
    for (Element child : element.children()) {
      if (known.contains(child.key())) {
        judge(child, shape.path("properties").path(child.key()));
      } else if (isClosed) {
        problems.add(child.problem(unknown(element, child.key(), known)));
      }
    }
  }

  private static String unknown(Element element, String key, Set<String> known) {
    boolean isStep = element.key().isEmpty() || element.key().equals("steps");
    String hint = NearestName.hint(key, known);
    String expected;
    if (isStep) {
      expected = "expected a step of Camel" + hint;
    } else if (hint.isEmpty() || known.size() <= 12) {
      expected = NearestName.oneOf(key, known);
    } else {
      expected = "expected a known key" + hint;
    }
    return "key '" + key + "': " + expected;
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    return reference.isEmpty()
        ? schema
        : definitions.path(reference.substring(reference.lastIndexOf('/') + 1));
  }
}
