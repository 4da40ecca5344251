package dev.dromedary.cli;

/**
 * How much is logged. Set before the first logger is made; a system property that is there already
 * wins, so that {@code JAVA_OPTS} can change it.
 */
enum LogLevel {
  /** For a service: every change of state, and what its routes log. */
  SERVICE("INFO", "INFO", "INFO", "WARN", "20"),
  /** Beside a display, which tells what becomes of transfers: what else is degraded. */
  COMMAND("WARN", "ERROR", "WARN", "WARN", "short"),
  /** For {@code -q}: only what somebody must act on. */
  QUIET("ERROR", "ERROR", "ERROR", "ERROR", "short"),
  /**
   * For {@code --debug}: every request and answer, too; what libraries say of themselves is noise.
   */
  DEBUG("DEBUG", "DEBUG", "INFO", "WARN", "full");

  private final String own;
  private final String transfers;
  private final String users;
  private final String libraries;
  private final String stack;

  LogLevel(String own, String transfers, String users, String libraries, String stack) {
    this.own = own;
    this.transfers = transfers;
    this.users = users;
    this.libraries = libraries;
    this.stack = stack;
  }

  /** Sets the system properties that {@code LogSetup} reads. */
  void apply() {
    setIfAbsent("dromedary.log.level", own);
    setIfAbsent("dromedary.log.transfers", transfers);
    setIfAbsent("dromedary.log.users", users);
    setIfAbsent("dromedary.log.libraries", libraries);
    setIfAbsent("dromedary.log.stack", stack);
  }

  static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
