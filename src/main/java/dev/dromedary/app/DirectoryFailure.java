package dev.dromedary.app;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Why a directory cannot be used: a lack of permission is told as such, and nothing else is. */
final class DirectoryFailure extends DromedaryException {

  private final transient IOException why;

  private DirectoryFailure(FailureCode code, String message, IOException why) {
    super(code, message + ", " + words(why), why);
    this.why = why;
  }

  /**
   * Returns the failure.
   *
   * @param otherwise its code where permissions are not what is lacking
   */
  static DirectoryFailure of(FailureCode otherwise, String message, IOException cause) {
    boolean isDenied = FailureClassifier.classify(cause).code() == FailureCode.PERMISSION_DENIED;
    return new DirectoryFailure(
        isDenied ? FailureCode.PERMISSION_DENIED : otherwise, message, cause);
  }

  /** Returns the same, told of the setting that names the directory. */
  ProblemsException toldOf(RunRequest request, SettingKey key, Path directory) {
    String message =
        key.key() + " '" + directory + "': expected a directory to write to, " + words(why);
    return new ProblemsException(code(), List.of(SettingPlaces.problem(request, key, message)));
  }

  /** Says it without the name of a class where that is all a file system tells. */
  private static String words(IOException cause) {
    return cause instanceof NoSuchFileException none
        ? "the system makes none at " + none.getFile()
        : cause.toString();
  }
}
