package dev.dromedary.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads a source list: YAML ({@code .yaml}, {@code .yml}), JSON ({@code .json}), or one URL a line
 * (any other name). The text is UTF-8, at most 256 MiB. Thread-safe if the environment is.
 */
public final class SourceListReader {

  private static final long MAX_BYTES = 256L << 20;

  private final HeaderRules headerRules;
  private final long maxBytes;
  private final Warnings warnings;
  private final @Nullable String provenanceSuffix;

  /**
   * Creates a reader.
   *
   * @param environment returns the value of a variable that {@code {{env:NAME}}} names, or null
   *     when it is not set
   */
  public SourceListReader(Function<String, @Nullable String> environment) {
    this(environment, MAX_BYTES, Warnings.UNHEARD, null);
  }

  /**
   * Creates a reader that tells what of a list can be used but should not stay so.
   *
   * @param environment as above
   * @param warnings who is told
   * @param provenanceSuffix what follows the name of a landed file in that of its provenance, so
   *     that no source has that for a target; null where none is written
   */
  public SourceListReader(
      Function<String, @Nullable String> environment,
      Warnings warnings,
      @Nullable String provenanceSuffix) {
    this(environment, MAX_BYTES, warnings, provenanceSuffix);
  }

  SourceListReader(Function<String, @Nullable String> environment, long maxBytes) {
    this(environment, maxBytes, Warnings.UNHEARD, null);
  }

  private SourceListReader(
      Function<String, @Nullable String> environment,
      long maxBytes,
      Warnings warnings,
      @Nullable String provenanceSuffix) {
    this.warnings = warnings;
    this.provenanceSuffix = provenanceSuffix;
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
    Problems problems = new Problems(file.toString(), warnings.told());
    List<Source> sources = new ArrayList<>();
    ListText.read(
        file, maxBytes, problems, text -> sources.addAll(readAll(file, text, defaults, problems)));
    problems.throwIfAny(FailureCode.SOURCE_LIST);
    return new SourceList(sources);
  }

  /**
   * Makes sure that none of sources from elsewhere has the name of another's provenance for a
   * target, and that each provenance has room for its name.
   *
   * @param name stands for a file in problems
   * @throws dev.dromedary.transfer.ProblemsException as {@link #read}
   */
  public static void requireRoomForProvenance(
      String name, List<Source> sources, String provenanceSuffix) {
    Problems problems = new Problems(name);
    TakenNames taken =
        new TakenNames(problems, "leave one of them out, or land it elsewhere", provenanceSuffix);
    sources.forEach(source -> taken.claimTarget(source.target(), 0));
    problems.throwIfAny(FailureCode.SOURCE_LIST);
  }

  /**
   * Reads one URL a line to the end of the text, or nothing of it.
   *
   * @param name stands for the file in problems
   * @throws dev.dromedary.transfer.ProblemsException as {@link #read}
   */
  public static SourceList readPlain(String name, InputStream utf8, SourceDefaults defaults) {
    Problems problems = new Problems(name);
    List<Source> sources = new ArrayList<>();
    ListText.read(
        utf8,
        problems,
        text -> sources.addAll(new PlainListReader(text, problems, null, defaults).read()));
    problems.throwIfAny(FailureCode.SOURCE_LIST);
    return new SourceList(sources);
  }

  private List<Source> readAll(
      Path file, BufferedReader text, SourceDefaults defaults, Problems problems)
      throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return readDocument(yaml().createParser(text), problems, defaults);
    }
    if (name.endsWith(".json")) {
      return readDocument(new JsonFactory().createParser(text), problems, defaults);
    }
    return new PlainListReader(text, problems, provenanceSuffix, defaults).read();
  }

  private List<Source> readDocument(JsonParser parser, Problems problems, SourceDefaults defaults)
      throws IOException {
    try (parser) {
      SharedKeys shared = new SharedKeys(problems, headerRules, warnings.clock());
      return new DocumentListReader(parser, problems, shared, provenanceSuffix, defaults).read();
    }
  }

  private YAMLFactory yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Math.toIntExact(maxBytes));
    return YAMLFactory.builder().loaderOptions(options).build();
  }
}
