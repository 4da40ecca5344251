package dev.dromedary.failure;

import java.util.OptionalLong;

/**
 * How many attempts in a row brought nothing, as {@link RetryPolicy} counts them. One that brought
 * a good deal begins the count anew. One that brought little is a quarter of one that brought
 * nothing: a server that breaks each connection after a few bytes is asked more often than a silent
 * one, not for ever. What little ones bring adds up. Immutable, thread-safe.
 *
 * @param mostBytes the most that was ever here; bytes that come once more are no gain
 * @param sinceBytes what was here when the count began
 * @param quarters the count, four for each attempt that brought nothing
 */
public record IdleAttempts(long mostBytes, long sinceBytes, int quarters) {

  /** What is a good deal of a file of any size. */
  static final long GOOD_DEAL_BYTES = 64 * 1024;

  /** At that rate the rest comes in some thousand attempts. */
  private static final long SHARE_OF_REST = 1000;

  private static final int QUARTERS = 4;

  public IdleAttempts {
    if (sinceBytes < 0 || mostBytes < sinceBytes || quarters < 0) {
      throw new IllegalArgumentException(
          "IdleAttempts: mostBytes "
              + mostBytes
              + ", sinceBytes "
              + sinceBytes
              + ", quarters "
              + quarters
              + ": expected 0 <= sinceBytes <= mostBytes, and quarters 0 or more");
    }
  }

  /** Begins to count where so many bytes are here, 0 or more. */
  public static IdleAttempts from(long heldBytes) {
    return new IdleAttempts(heldBytes, heldBytes, 0);
  }

  /**
   * Returns the count after one more failed attempt.
   *
   * @param heldBytes what is here now, 0 or more
   * @param lengthBytes how long the whole is, when that is known
   * @param wasSlow whether the attempt ended because too little came in its time: then little is
   *     nothing
   */
  public IdleAttempts after(long heldBytes, OptionalLong lengthBytes, boolean wasSlow) {
    boolean isNew = heldBytes > mostBytes;
    long goodDeal = wasSlow ? GOOD_DEAL_BYTES : goodDealBytes(lengthBytes);
    if (isNew && heldBytes - sinceBytes >= goodDeal) {
      return from(heldBytes);
    }
    boolean isLittle = isNew && !wasSlow;
    return new IdleAttempts(
        isLittle ? heldBytes : mostBytes, sinceBytes, quarters + (isLittle ? 1 : QUARTERS));
  }

  private long goodDealBytes(OptionalLong lengthBytes) {
    if (lengthBytes.isEmpty()) {
      return GOOD_DEAL_BYTES;
    }
    long share = (lengthBytes.getAsLong() - sinceBytes) / SHARE_OF_REST;
    return Math.max(1, Math.min(share, GOOD_DEAL_BYTES));
  }

  /** Says whether the last attempt brought a good deal, or there was none. */
  public boolean isNone() {
    return quarters == 0;
  }

  /** Returns the count as whole attempts, rounded down. */
  public int inARow() {
    return quarters / QUARTERS;
  }
}
