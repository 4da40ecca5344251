package dev.dromedary.part;

import java.nio.ByteBuffer;

/**
 * Follows the bytes of a part file from the first to the last, and may have them from memory as
 * they are written, so that they need not be read again. Thread-safe.
 */
public interface PartFollower {

  /**
   * Says whether the bytes from an offset on are the next it needs. When they are, it waits for
   * them to be {@linkplain #take handed over} or {@linkplain #withdraw withdrawn}. May wait some
   * milliseconds until it stands there.
   *
   * @param offset before which nothing is missing
   */
  boolean expects(long offset);

  /**
   * Takes the bytes it expects, which are in the file by now; waits while it has enough of them.
   *
   * @param bytes what remains in it is the follower's until {@code done} is run
   * @param done run once, by any thread
   */
  void take(ByteBuffer bytes, Runnable done);

  /** Is told that the bytes it expects did not come. */
  void withdraw();
}
