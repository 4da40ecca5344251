package dev.dromedary.cli;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command that lists takes: words that choose, and how many are shown. */
final class PageOptions {

  @Parameters(arity = "0..*", paramLabel = "WORD", description = "Only those all words hold of.")
  List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = OptionValue.Rows.class,
      defaultValue = "100",
      description = "Show so many at most, up to 1000 (default: 100).")
  int limit;

  /** Returns the words as the beans take them. */
  String filter() {
    return String.join(" ", words);
  }
}
