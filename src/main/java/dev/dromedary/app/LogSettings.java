package dev.dromedary.app;

/** Reads how a service is to log, without making a logger. */
public final class LogSettings {

  private LogSettings() {}

  /**
   * Reads it.
   *
   * @throws dev.dromedary.transfer.ProblemsException when the configuration cannot be used
   */
  public static Settings.Log of(RunRequest request) {
    return ConfigurationReader.settings(request).log();
  }
}
