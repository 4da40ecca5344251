package dev.dromedary.transfer;

/**
 * One thing wrong with what a user wrote: where, what, and what was expected instead.
 *
 * @param file the file as the user named it, or a word such as {@code command line}
 * @param line 1 or more; 0 when the whole file is meant
 * @param message what is wrong, what was found and what was expected, in one sentence
 */
public record Problem(String file, int line, String message) {

  /** Returns {@code file:line: message}, the form editors jump to. */
  @Override
  public String toString() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }
}
