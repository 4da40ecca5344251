package dev.dromedary.app;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Why a directory cannot be used: a lack of permission is told as such, and nothing else is. */
final class DirectoryFailure extends DromedaryException {

  private final transient IOException why;

  private DirectoryFailure(FailureCode code, String message, IOException why) {
    super(code, message + ", found " + Found.writing(why), why);
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
        key.key()
            + " '"
            + directory
            + "': expected a directory to write to, found "
            + Found.writing(why);
    return new ProblemsException(code(), List.of(SettingPlaces.problem(request, key, message)));
  }
}
