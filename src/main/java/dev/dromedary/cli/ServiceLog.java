package dev.dromedary.cli;

import dev.dromedary.app.LogSettings;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.Settings;
import java.nio.file.Path;

/**
 * Where and how a service logs. Set before the first logger is made; a system property that is
 * there already wins.
 */
final class ServiceLog {

  private ServiceLog() {}

  /** Sets the system properties that {@code LogSetup} reads. */
  static void apply(RunRequest request) {
    Settings.Log log = LogSettings.of(request);
    Path file = log.file();
    LogLevel.setIfAbsent(
        "dromedary.log.appender", log.format() + (file == null ? "-stderr" : "-file"));
    if (file != null) {
      LogSettings.requireWritable(request, file);
      LogLevel.setIfAbsent("dromedary.log." + log.format() + "-file", file.toString());
      LogLevel.setIfAbsent("dromedary.log.max-size", Long.toString(log.maxSizeBytes()));
      LogLevel.setIfAbsent("dromedary.log.keep", Integer.toString(log.keepDays()));
    }
  }
}
