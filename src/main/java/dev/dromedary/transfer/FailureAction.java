package dev.dromedary.transfer;

/** What is done about a failure, and who has to. */
public enum FailureAction {
  /** Try again and resume: nothing of what is here is wrong. */
  RETRY,
  /**
   * Wait, and resume as soon as this machine has again what it lacks. Nobody is asked meanwhile, so
   * that the wait counts against no tries and no host; it ends after {@code disk.wait}.
   */
  SHORTAGE,
  /** Try again from the first byte: what is here belongs to another version or is damaged. */
  START_OVER,
  /** Give up: whoever owns the source has to act. */
  SOURCE_OWNER,
  /** Give up: whoever runs this service has to act. */
  OPERATOR,
  /** Set down for later without counting: the service is stopping. */
  SUSPEND,
  /** Give up: this program is wrong. */
  BUG;

  /** Says whether another attempt may follow without anybody acting. */
  public boolean mayRetry() {
    return this == RETRY || this == SHORTAGE || this == START_OVER;
  }
}
