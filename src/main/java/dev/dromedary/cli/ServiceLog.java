package dev.dromedary.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.dromedary.app.Settings;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where and how a service logs. Set before the first logger is made; a system property that is
 * there already wins.
 */
final class ServiceLog {

  private ServiceLog() {}

  /** Sets the system properties that {@code LogSetup} reads. */
  static void apply(Settings.Log log) {
    Path file = log.file();
    LogLevel.setIfAbsent(
        "dromedary.log.appender", log.format() + (file == null ? "-stderr" : "-file"));
    if (file != null) {
      requireWritable(file);
      LogLevel.setIfAbsent("dromedary.log." + log.format() + "-file", file.toString());
      LogLevel.setIfAbsent("dromedary.log.max-size", Long.toString(log.maxSizeBytes()));
      LogLevel.setIfAbsent("dromedary.log.keep", Integer.toString(log.keepDays()));
    }
  }

  /** What cannot be written would be lost without a word. */
  private static void requireWritable(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.newOutputStream(file, CREATE, APPEND).close();
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.CONFIGURATION,
          "dromedary.log.file '" + file + "': expected a file to write to, " + e,
          e);
    }
  }
}
