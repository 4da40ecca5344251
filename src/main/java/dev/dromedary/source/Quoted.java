package dev.dromedary.source;

/** Text of a user as a message repeats it. */
final class Quoted {

  private static final int LIMIT = 120;

  private Quoted() {}

  /** Returns the text in single quotes, cut after 120 characters. */
  static String of(String text) {
    return text.length() <= LIMIT ? "'" + text + "'" : "'" + text.substring(0, LIMIT) + "…'";
  }
}
