package dev.dromedary.app;

/** How long a run lasts. */
public enum RunMode {
  /** Polls on schedule until it is stopped. */
  SERVICE,
  /** Polls every source once. */
  ONE_POLL
}
