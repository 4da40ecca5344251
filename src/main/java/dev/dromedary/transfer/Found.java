package dev.dromedary.transfer;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * What a file system answered in place of a file or directory, in words that stand behind "expected
 * …, found ". Pure.
 */
public final class Found {

  private static final String DIRECTORY = "Is a directory";

  private Found() {}

  /** Returns what was found where a file was to be read. */
  public static String reading(IOException answer) {
    return answer instanceof NoSuchFileException
        ? "none"
        : words(answer, "no permission to read it");
  }

  /** Returns what was found where a file or directory was to be made or written. */
  public static String writing(IOException answer) {
    return answer instanceof NoSuchFileException none
        ? "that the system makes none at " + none.getFile()
        : words(
            answer,
            "no permission to write"
                + (answer instanceof AccessDeniedException denied
                    ? " at " + denied.getFile()
                    : ""));
  }

  private static String words(IOException answer, String denied) {
    if (answer instanceof AccessDeniedException) {
      return denied;
    }
    if (answer instanceof CharacterCodingException) {
      return "other bytes";
    }
    String reason = answer instanceof FileSystemException file ? file.getReason() : null;
    if (DIRECTORY.equals(reason) || DIRECTORY.equals(answer.getMessage())) {
      return "a directory";
    }
    return reason == null
        ? answer.getClass().getSimpleName() + ": " + answer.getMessage()
        : "the system's answer '" + reason + "'";
  }
}
