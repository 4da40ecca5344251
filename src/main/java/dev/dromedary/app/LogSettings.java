package dev.dromedary.app;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.dromedary.part.LastingDirectory;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads how a service is to log, and looks whether it can, without making a logger. */
public final class LogSettings {

  private LogSettings() {}

  /**
   * Reads it.
   *
   * @throws ProblemsException when the configuration cannot be used, with all that keeps the
   *     service from starting
   */
  public static Settings.Log of(RunRequest request) {
    try {
      return ConfigurationReader.settings(request).log();
    } catch (ProblemsException e) {
      throw StartRefusal.withAll(request, e);
    }
  }

  /**
   * Makes sure that a log file can be written: what cannot be would be lost without a word. Its
   * directory is made to last, since the landing zone may be made beside it.
   *
   * @param request by which it is told where the setting stands
   * @throws ProblemsException {@code CONFIGURATION} when it cannot
   */
  public static void requireWritable(RunRequest request, Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        LastingDirectory.make(directory);
      }
      Files.newOutputStream(file, CREATE, APPEND).close();
    } catch (IOException e) {
      SettingKey key = SettingKey.LOG_FILE;
      String message =
          key.key() + " '" + file + "': expected a file to write to, found " + Found.writing(e);
      throw new ProblemsException(
          FailureCode.CONFIGURATION, List.of(SettingPlaces.problem(request, key, message)));
    }
  }
}
