package dev.dromedary.source;

import dev.dromedary.transfer.ByteSize;
import org.jspecify.annotations.Nullable;

/** Bytes a second as people write them: a size, with or without {@code /s}. */
final class ByteRate {

  private static final long LARGEST = 1L << 40;
  private static final int LONGEST = 64;

  private ByteRate() {}

  /**
   * Reads a rate.
   *
   * @return bytes a second, 0 for no limit
   * @throws IllegalArgumentException with a message for the user when it is none
   */
  static long parse(String text) {
    try {
      long rate = text.length() > LONGEST ? -1 : ByteSize.parseRate(text);
      if (rate >= 0 && rate <= LARGEST) {
        return rate;
      }
    } catch (IllegalArgumentException e) {
      throw refused(text, e);
    }
    throw refused(text, null);
  }

  private static IllegalArgumentException refused(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "rate "
            + Quoted.of(text)
            + ": expected bytes a second such as 500kB or 8MiB, at most 1TiB, 0 for no limit",
        cause);
  }
}
