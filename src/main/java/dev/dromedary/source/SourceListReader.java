package dev.dromedary.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dromedary.transfer.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads a source list: YAML ({@code .yaml}, {@code .yml}), JSON ({@code .json}), or one URL a line
 * (any other name). The text is UTF-8, at most 256 MiB. Thread-safe if the environment is.
 */
public final class SourceListReader {

  private static final long MAX_BYTES = 256L << 20;

  private final HeaderRules headerRules;
  private final long maxBytes;

  /**
   * Creates a reader.
   *
   * @param environment returns the value of a variable that {@code {{env:NAME}}} names, or null
   *     when it is not set
   */
  public SourceListReader(Function<String, @Nullable String> environment) {
    this(environment, MAX_BYTES);
  }

  SourceListReader(Function<String, @Nullable String> environment, long maxBytes) {
    this.headerRules = new HeaderRules(environment);
    this.maxBytes = maxBytes;
  }

  /**
   * Reads the whole list, or nothing of it.
   *
   * @param file named in problems as it is given here
   * @param defaults hold where neither a source nor the list's own {@code defaults} say otherwise
   * @throws dev.dromedary.transfer.ProblemsException with every problem of the list, by line, and
   *     code {@code SOURCE_LIST}
   */
  public SourceList read(Path file, SourceDefaults defaults) {
    Problems problems = new Problems(file.toString());
    List<Source> sources = List.of();
    try {
      sources = readAll(file, defaults, problems);
    } catch (JsonProcessingException e) {
      addSyntaxProblem(file, e, problems);
    } catch (CharacterCodingException e) {
      problems.add(UnreadableText.lineIn(file), "expected UTF-8 text, found other bytes");
    } catch (IOException e) {
      problems.add(0, "expected a readable file, found " + reason(e));
    }
    problems.throwIfAny();
    return new SourceList(sources);
  }

  private List<Source> readAll(Path file, SourceDefaults defaults, Problems problems)
      throws IOException {
    if (Files.isDirectory(file)) {
      problems.add(0, "expected a readable file, found a directory");
      return List.of();
    }
    if (Files.size(file) > maxBytes) {
      problems.add(0, "expected at most " + maxBytes + " bytes, found " + Files.size(file));
      return List.of();
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    try (BufferedReader text = open(file)) {
      if (name.endsWith(".yaml") || name.endsWith(".yml")) {
        return readDocument(yaml().createParser(text), problems, defaults);
      }
      if (name.endsWith(".json")) {
        return readDocument(new JsonFactory().createParser(text), problems, defaults);
      }
      return new PlainListReader(text, problems, defaults).read();
    }
  }

  private List<Source> readDocument(JsonParser parser, Problems problems, SourceDefaults defaults)
      throws IOException {
    try (parser) {
      return new DocumentListReader(parser, problems, headerRules, defaults).read();
    }
  }

  private YAMLFactory yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Math.toIntExact(maxBytes));
    return YAMLFactory.builder().loaderOptions(options).build();
  }

  private static BufferedReader open(Path file) throws IOException {
    BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    return text;
  }

  private static void addSyntaxProblem(Path file, JsonProcessingException e, Problems problems) {
    if (e.getCause() instanceof ReaderException character) {
      String found = String.format(Locale.ROOT, "U+%04X", character.getCodePoint());
      problems.add(UnreadableText.lineIn(file), "expected printable text, found " + found);
    } else if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      problems.add(yaml.getProblemMark().getLine() + 1, "expected YAML, " + yaml.getProblem());
    } else {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.add(line, "expected valid syntax, " + e.getOriginalMessage());
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "none";
    }
    return e instanceof AccessDeniedException ? "no permission to read it" : e.toString();
  }
}
