package dev.dromedary.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Camel's own schema of canonical YAML routes, from its jar. Knows the keywords that schema uses
 * for what our routes contain, and refuses to judge by any other.
 */
final class CanonicalSchema {

  private static final String RESOURCE = "schema/camelYamlDsl-canonical.json";
  private static final Set<String> WITHOUT_MEANING_HERE =
      Set.of("$schema", "title", "description", "default", "deprecated", "definitions");

  private final JsonNode root;

  private CanonicalSchema(JsonNode root) {
    this.root = root;
  }

  static CanonicalSchema load() {
    try (InputStream in = CanonicalSchema.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      return new CanonicalSchema(new ObjectMapper().readTree(Objects.requireNonNull(in, RESOURCE)));
    } catch (IOException e) {
      throw new AssertionError(RESOURCE, e);
    }
  }

  /** Returns what is wrong with a document, each with its place in it. */
  List<String> problems(JsonNode document) {
    List<String> problems = new ArrayList<>();
    judge(document, root, "", problems);
    return problems;
  }

  private void judge(JsonNode value, JsonNode schema, String at, List<String> problems) {
    for (Map.Entry<String, JsonNode> rule : schema.properties()) {
      JsonNode expected = rule.getValue();
      switch (rule.getKey()) {
        case "$ref" -> judge(value, root.at(expected.asText().substring(1)), at, problems);
        case "type" -> {
          if (!isOfType(value, expected.asText())) {
            problems.add(at + ": expected " + expected.asText() + ", found " + value);
          }
        }
        case "enum" -> {
          if (expected.valueStream().noneMatch(value::equals)) {
            problems.add(at + ": expected one of " + expected + ", found " + value);
          }
        }
        case "required" ->
            expected
                .valueStream()
                .filter(key -> !value.has(key.asText()))
                .forEach(key -> problems.add(at + ": expected the key " + key.asText()));
        case "maxProperties" -> {
          if (value.size() > expected.asInt()) {
            problems.add(at + ": expected " + expected + " keys, found " + value.size());
          }
        }
        case "additionalProperties" -> {
          if (!expected.asBoolean(true)) {
            refuseUnknown(value, schema.path("properties"), at, problems);
          }
        }
        case "properties" ->
            value
                .propertyStream()
                .filter(entry -> expected.has(entry.getKey()))
                .forEach(
                    entry ->
                        judge(
                            entry.getValue(),
                            expected.get(entry.getKey()),
                            at + "/" + entry.getKey(),
                            problems));
        case "items" -> {
          for (int i = 0; i < value.size(); i++) {
            judge(value.get(i), expected, at + "/" + i, problems);
          }
        }
        default -> {
          if (!WITHOUT_MEANING_HERE.contains(rule.getKey())) {
            problems.add(at + ": the schema's keyword " + rule.getKey() + " is not known here");
          }
        }
      }
    }
  }

  private static void refuseUnknown(
      JsonNode value, JsonNode known, String at, List<String> problems) {
    value
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.has(key)) {
                problems.add(at + ": expected a key of canonical notation, found " + key);
              }
            });
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number", "integer" -> value.isNumber();
      default -> throw new AssertionError("the schema's type " + type + " is not known here");
    };
  }
}
