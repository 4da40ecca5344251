package dev.dromedary.cli;

import picocli.CommandLine.Option;

/** The options that say what a command prints. */
final class OutputOptions {

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  boolean isQuiet;

  @Option(
      names = "--json",
      description =
          "Print one JSON object a line on standard output, and nothing else there: an object for"
              + " every change of a transfer's state (event, at, transfer, source, target, state,"
              + " totalBytes, receivedBytes, networkBytes, seconds, attempts, connections, code,"
              + " reason, nextAttemptAt, verifiedBy, landedAt), one with event startOver for every"
              + " transfer that gives up what is here (at, transfer, source, target, reason,"
              + " givenUpBytes) and a last one with event summary (due, landed, unchanged,"
              + " failed, cancelled).")
  boolean isJson;
}
