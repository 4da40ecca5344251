package dev.dromedary.cli;

import picocli.CommandLine.Option;

/** The options that say what a command prints. */
final class OutputOptions {

  @Option(
      names = {"-q", "--quiet"},
      description =
          "Print nothing but errors; with --json, nothing but errors beside it on standard error.")
  boolean isQuiet;

  @Option(
      names = "--json",
      description =
          "Print one JSON object a line on standard output, and nothing else there: one with event"
              + " transfer for every change of a transfer's state, one with event startOver for every"
              + " transfer that gives up what is here, and a last one with event summary."
              + " docs/json.md tells the fields.")
  boolean isJson;
}
