package dev.dromedary.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form with keys, YAML or JSON, from a token stream: one source at a time, so that only
 * what was made of it stays in memory. Not thread-safe.
 */
final class DocumentListReader {

  private static final List<String> NAMES = List.of("defaults", "sources");

  private final JsonParser parser;
  private final Problems problems;
  private final NodeReader nodes;
  private final SharedKeys shared;
  private final SourceBinder binder;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Source> sources = new ArrayList<>();
  private SourceDefaults defaults;

  DocumentListReader(
      JsonParser parser,
      Problems problems,
      SharedKeys shared,
      @Nullable String provenanceSuffix,
      SourceDefaults defaults) {
    this.parser = parser;
    this.problems = problems;
    this.defaults = defaults;
    this.nodes = new NodeReader(parser, problems);
    this.shared = shared;
    this.binder = new SourceBinder(problems, shared, provenanceSuffix);
  }

  /** Reads to the end and returns what was good; the rest is in the problems. */
  List<Source> read() throws IOException {
    if (parser.nextToken() == null) {
      problems.add(1, "the list: expected the key 'sources', found nothing");
      return sources;
    }
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      Node found = nodes.read();
      problems.add(found.line(), "the list: expected the key 'sources', found " + found.kind());
      return sources;
    }
    int line = nodes.line();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readKey(parser.currentName(), nodes.line());
    }
    if (!seen.containsKey("sources")) {
      problems.add(line, "the list: expected the key 'sources', found none");
    }
    if (parser.nextToken() != null) {
      problems.add(nodes.line(), "the list: expected one document, found a second");
    }
    return sources;
  }

  private void readKey(String key, int line) throws IOException {
    parser.nextToken();
    Integer other = seen.putIfAbsent(key, line);
    if (other != null) {
      problems.add(line, NodeReader.duplicate(key, other));
      parser.skipChildren();
    } else if (key.equals("sources")) {
      readSources();
    } else if (key.equals("defaults")) {
      readDefaults(line);
    } else {
      Map<String, Node.Entry> entry = Map.of(key, new Node.Entry(line, nodes.read()));
      new Fields(new Node.Keys(line, entry), problems).refuseOthersThan(NAMES);
    }
  }

  private void readSources() throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      Node found = nodes.read();
      if (!(found instanceof Node.Refused)) {
        problems.add(found.line(), "sources: expected a list ([] for none), found " + found.kind());
      }
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      binder.bind(nodes.read(), defaults).ifPresent(sources::add);
    }
  }

  private void readDefaults(int line) throws IOException {
    if (seen.containsKey("sources")) {
      problems.add(line, "defaults: expected above 'sources', found below");
    }
    Node found = nodes.read();
    if (found instanceof Node.Keys map) {
      Fields fields = new Fields(map, problems);
      fields.refuseOthersThan(SharedKeys.NAMES);
      defaults = shared.over(defaults, fields);
    } else if (!(found instanceof Node.Refused)) {
      problems.add(found.line(), "defaults: expected a map, found " + found.kind());
    }
  }
}
