package dev.dromedary.app;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Why a directory cannot be used: a lack of permission is told as such, and nothing else is. */
final class DirectoryFailure {

  private DirectoryFailure() {}

  /**
   * Returns the failure.
   *
   * @param otherwise its code where permissions are not what is lacking
   */
  static DromedaryException of(FailureCode otherwise, String message, IOException cause) {
    boolean isDenied = FailureClassifier.classify(cause).code() == FailureCode.PERMISSION_DENIED;
    return new DromedaryException(
        isDenied ? FailureCode.PERMISSION_DENIED : otherwise, message + ", " + words(cause), cause);
  }

  /** Says it without the name of a class where that is all a file system tells. */
  private static String words(IOException cause) {
    return cause instanceof NoSuchFileException none
        ? "the system makes none at " + none.getFile()
        : cause.toString();
  }
}
