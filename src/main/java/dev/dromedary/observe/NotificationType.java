package dev.dromedary.observe;

/**
 * What happened, as the type of a JMX notification. The texts never change. The user data is a
 * {@code java.util.TreeMap} of texts: {@code transfer}, {@code source}, {@code target}, {@code
 * code}, {@code reason}, {@code bytes}, {@code host}, {@code until}, {@code free}, {@code needed},
 * as far as they apply.
 */
public enum NotificationType {
  /** A file has landed. Sent by {@link TransfersMXBean}. */
  LANDED("dromedary.transfer.landed", "A file has landed."),
  /** An attempt failed, another follows. Sent by {@link TransfersMXBean}. */
  ATTEMPT_FAILED(
      "dromedary.transfer.attempt-failed", "An attempt at a transfer failed, another follows."),
  /** A transfer was given up. Sent by {@link TransfersMXBean}. */
  DEAD_LETTER("dromedary.transfer.dead-letter", "A transfer was given up."),
  /** A transfer was cancelled. Sent by {@link TransfersMXBean}. */
  CANCELLED("dromedary.transfer.cancelled", "A transfer was cancelled."),
  /** A host is left alone for a while. Sent by {@link ServiceMXBean}. */
  BREAKER_OPEN("dromedary.breaker.open", "A host is left alone because it fails."),
  /**
   * The disk of the work directory or the landing zone runs full. Sent by {@link ServiceMXBean}.
   */
  DISK_LOW("dromedary.disk.low", "The disk is too small for what runs and waits.");

  private final String type;
  private final String meaning;

  NotificationType(String type, String meaning) {
    this.type = type;
    this.meaning = meaning;
  }

  /** Returns the type of the notification. */
  public String type() {
    return type;
  }

  /** Returns one sentence for an operator. */
  public String meaning() {
    return meaning;
  }
}
