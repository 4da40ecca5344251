package dev.dromedary.cli;

/** The command line cannot be carried out as it is written. The message is for the user. */
final class UsageException extends RuntimeException {

  UsageException(String message) {
    super(message);
  }
}
