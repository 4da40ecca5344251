package dev.dromedary.program;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of docs/json.md, and what was seen of them. */
final class JsonVocabulary {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\| ([a-z ]+) \\|", Pattern.MULTILINE);
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  private static final Set<String> STATES =
      Stream.concat(
              Stream.of("new", "paused"),
              Stream.of(TransferState.values()).map(TransferState::word))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern TELLERS =
      Pattern.compile("^\\| ([^|]+) \\| ((?:`\\w+`(?:, )?)+) \\|$", Pattern.MULTILINE);

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Set<String>> tellers = new LinkedHashMap<>();
  private final Map<String, Boolean> isSeen = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private JsonVocabulary() {}

  static JsonVocabulary documented() throws IOException {
    Path document = Path.of(System.getProperty("dromedary.home", "."), "docs", "json.md");
    JsonVocabulary vocabulary = new JsonVocabulary();
    for (MatchResult row : ROW.matcher(Files.readString(document)).results().toList()) {
      if (vocabulary.values.put(row.group(1), row.group(2)) != null) {
        vocabulary.faults.add(row.group(1) + ": documented twice");
      }
    }
    for (MatchResult row : TELLERS.matcher(Files.readString(document)).results().toList()) {
      Set<String> names = Set.of(row.group(2).replace("`", "").split(", "));
      for (String teller : row.group(1).replace("`", "").split(", ")) {
        vocabulary.tellers.put(teller, names);
      }
    }
    return vocabulary;
  }

  /** Looks whether a line has exactly the fields that are documented of its command. */
  void seeTeller(String command, JsonNode line) {
    String event = line.path("event").asText("");
    String teller = event.isEmpty() ? named(command) : "event " + event;
    Set<String> names = new TreeSet<>();
    line.fieldNames().forEachRemaining(names::add);
    if (!names.equals(tellers.get(teller))) {
      faults.add(teller + ": expected " + tellers.get(teller) + ", found " + names);
    }
  }

  /** Returns the command with the option that makes another of it. */
  private static String named(String command) {
    Matcher named = Pattern.compile("\\w+(?: --(?:export|discard))?").matcher(command);
    return named.lookingAt() ? named.group() : command;
  }

  /** Looks at every name and value below; {@code from} says who told it. */
  void see(String from, JsonNode told) {
    if (told.isArray()) {
      told.forEach(inner -> see(from, inner));
    }
    told.fields().forEachRemaining(field -> field(from, field.getKey(), field.getValue()));
  }

  /** Looks at a line of the log, which may have names of its own. */
  void seeLine(String from, JsonNode line) {
    line.fields()
        .forEachRemaining(
            field -> {
              if (values.containsKey(field.getKey())) {
                field(from, field.getKey(), field.getValue());
              }
            });
  }

  private void field(String from, String name, JsonNode value) {
    String expected = values.get(name);
    if (expected == null) {
      faults.add(from + ": " + name + " is not documented");
      return;
    }
    isSeen.put(name, true);
    if (!value.isNull() && !fits(expected, value)) {
      faults.add(from + ": " + name + ": expected " + expected + ", found " + value);
    }
    if (expected.startsWith("object")) {
      see(from, value);
    }
  }

  private static boolean fits(String expected, JsonNode value) {
    if (expected.startsWith("map of ")) {
      String each = expected.substring("map of ".length());
      return value.isObject() && all(value, each);
    }
    return switch (expected) {
      case "text" -> value.isTextual();
      case "time" -> value.isTextual() && TIME.matcher(value.textValue()).matches();
      case "state" -> value.isTextual() && STATES.contains(value.textValue());
      case "code" -> value.isTextual() && value.textValue().matches("E[1-9]\\d{3}");
      case "number" -> value.isIntegralNumber();
      case "decimal" -> value.isNumber();
      case "truth" -> value.isBoolean();
      case "texts" -> value.isArray() && all(value, "text");
      case "object" -> value.isObject();
      case "objects" -> value.isArray() && all(value, "object");
      default -> throw new IllegalArgumentException("'" + expected + "' is no kind of value");
    };
  }

  private static boolean all(JsonNode values, String expected) {
    List<JsonNode> each = new ArrayList<>();
    values.forEach(each::add);
    return each.stream().allMatch(value -> fits(expected, value));
  }

  /** Returns what was not as documented. */
  List<String> faults() {
    return faults.stream().distinct().toList();
  }

  /** Returns the names nobody told. */
  Set<String> unseen() {
    Set<String> unseen = new TreeSet<>(values.keySet());
    unseen.removeAll(isSeen.keySet());
    return unseen;
  }
}
