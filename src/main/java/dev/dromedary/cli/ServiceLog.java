package dev.dromedary.cli;

import dev.dromedary.app.Settings;

/**
 * Where and how a service logs. Set before the first logger is made; a system property that is
 * there already wins.
 */
final class ServiceLog {

  private ServiceLog() {}

  /** Sets the system properties that {@code LogSetup} reads. */
  static void apply(Settings.Log log) {
    boolean isFile = log.file() != null;
    LogLevel.setIfAbsent("dromedary.log.appender", log.format() + (isFile ? "-file" : "-stderr"));
    if (isFile) {
      LogLevel.setIfAbsent("dromedary.log." + log.format() + "-file", String.valueOf(log.file()));
      LogLevel.setIfAbsent("dromedary.log.max-size", Long.toString(log.maxSizeBytes()));
      LogLevel.setIfAbsent("dromedary.log.keep", Integer.toString(log.keepDays()));
    }
  }
}
