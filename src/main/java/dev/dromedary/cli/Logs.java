package dev.dromedary.cli;

/** Chooses how much a command logs beside its progress. */
final class Logs {

  private Logs() {}

  /** Returns the level for a command; asking for more wins over asking for less. */
  static LogLevel level(boolean isQuiet, boolean isDebug) {
    if (isDebug) {
      return LogLevel.DEBUG;
    }
    return isQuiet ? LogLevel.QUIET : LogLevel.COMMAND;
  }
}
