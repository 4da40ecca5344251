package dev.dromedary.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one value at a time from a token stream, so that a list of any length needs the memory of
 * one entry. Aliases are refused and not followed, so that nothing expands; what lies deeper than
 * {@code depth} is passed over without recursion. Not thread-safe.
 */
final class NodeReader {

  private static final int MAX_DEPTH = 3;

  private final JsonParser parser;
  private final Problems problems;

  NodeReader(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** Returns the line of the current token. */
  int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Reads the value that begins with the current token, to its last token. */
  Node read() throws IOException {
    return read(MAX_DEPTH);
  }

  private Node read(int depth) throws IOException {
    int line = line();
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      problems.add(
          line,
          "alias, a value that begins with '*': expected a value; one that is meant to begin so needs"
              + " quotes, what is shared stands under defaults");
      return new Node.Refused(line);
    }
    if (parser.hasToken(JsonToken.START_OBJECT)) {
      return new Node.Keys(line, entries(depth));
    }
    if (parser.hasToken(JsonToken.START_ARRAY)) {
      return new Node.Items(line, items(depth));
    }
    String text = parser.hasToken(JsonToken.VALUE_NULL) ? "" : parser.getText();
    return text.isEmpty() ? new Node.Nothing(line) : new Node.Text(line, text);
  }

  private List<Node> items(int depth) throws IOException {
    List<Node> items = new ArrayList<>();
    if (depth == 0) {
      parser.skipChildren();
      return items;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(depth - 1));
    }
    return items;
  }

  private Map<String, Node.Entry> entries(int depth) throws IOException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    if (depth == 0) {
      parser.skipChildren();
      return entries;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = line();
      parser.nextToken();
      Node.Entry other = entries.putIfAbsent(key, new Node.Entry(line, read(depth - 1)));
      if (other != null) {
        problems.add(line, duplicate(key, other.line()));
      }
    }
    return entries;
  }

  static String duplicate(String key, int otherLine) {
    return "key " + Quoted.of(key) + ": expected once, line " + otherLine + " has it too";
  }
}
