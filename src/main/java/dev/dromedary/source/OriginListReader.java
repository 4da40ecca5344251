package dev.dromedary.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of hosts, in YAML. The text is UTF-8, at most 3 MiB. Thread-safe if the
 * environment is.
 */
public final class OriginListReader {

  /** What SnakeYAML takes without being asked. */
  private static final long MAX_BYTES = 3L << 20;

  private final HeaderRules headerRules;
  private final Consumer<Problem> warnings;

  /**
   * Creates a reader.
   *
   * @param environment returns the value of a variable that {@code {{env:NAME}}} names, or null
   *     when it is not set
   * @param warnings is told, as it is found, of each thing that can be used but should not stay so
   */
  public OriginListReader(
      Function<String, @Nullable String> environment, Consumer<Problem> warnings) {
    this.headerRules = new HeaderRules(environment);
    this.warnings = warnings;
  }

  /** Reads as {@link #read}; a file that is not there settles nothing. */
  public OriginList readIfPresent(Path file) {
    return Files.notExists(file) ? OriginList.NONE : read(file);
  }

  /**
   * Reads all of it, or nothing.
   *
   * @param file named in problems as it is given here
   * @throws dev.dromedary.transfer.ProblemsException with every problem of the file, by line, and
   *     code {@code CONFIGURATION}
   */
  public OriginList read(Path file) {
    Problems problems = new Problems(file.toString(), warnings);
    List<OriginEntry> entries = new ArrayList<>();
    ListText.read(
        file,
        MAX_BYTES,
        problems,
        text -> {
          try (JsonParser parser = new YAMLFactory().createParser(text)) {
            readAll(parser, problems, entries);
          }
        });
    problems.throwIfAny(FailureCode.CONFIGURATION);
    return new OriginList(entries);
  }

  private void readAll(JsonParser parser, Problems problems, List<OriginEntry> entries)
      throws IOException {
    NodeReader nodes = new NodeReader(parser, problems);
    if (parser.nextToken() == null) {
      problems.add(1, "expected the key 'origins', found nothing");
      return;
    }
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      Node found = nodes.read();
      problems.add(found.line(), "expected the key 'origins', found " + found.kind());
      return;
    }
    int firstLine = nodes.line();
    int originsLine = 0;
    OriginBinder binder = new OriginBinder(problems, headerRules);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = nodes.line();
      parser.nextToken();
      if (!key.equals("origins")) {
        Map<String, Node.Entry> entry = Map.of(key, new Node.Entry(line, nodes.read()));
        new Fields(new Node.Keys(line, entry), problems).refuseOthersThan(List.of("origins"));
      } else if (originsLine > 0) {
        problems.add(line, NodeReader.duplicate(key, originsLine));
        parser.skipChildren();
      } else {
        originsLine = line;
        readOrigins(parser, nodes, binder, problems, entries);
      }
    }
    if (originsLine == 0) {
      problems.add(firstLine, "expected the key 'origins', found none");
    }
    if (parser.nextToken() != null) {
      problems.add(nodes.line(), "expected one document, found a second");
    }
  }

  private static void readOrigins(
      JsonParser parser,
      NodeReader nodes,
      OriginBinder binder,
      Problems problems,
      List<OriginEntry> entries)
      throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      Node found = nodes.read();
      if (!(found instanceof Node.Refused)) {
        problems.add(found.line(), "origins: expected a list ([] for none), found " + found.kind());
      }
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      binder.bind(nodes.read()).ifPresent(entries::add);
    }
  }
}
