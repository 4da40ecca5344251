package dev.dromedary.ledger;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Makes identifiers that sort by the time they were made: ten characters of epoch milliseconds and
 * eight of randomness in Crockford's base 32, lower case. Within one instance each is greater than
 * the one before, even when the clock stands still or steps back. Thread-safe.
 */
final class SortableIds {

  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int TIME_CHARACTERS = 10;
  private static final int RANDOM_CHARACTERS = 8;
  private static final long RANDOM_BOUND = 1L << (5 * RANDOM_CHARACTERS);

  private final Clock clock;
  private final RandomGenerator random;
  private long lastMillis = -1;
  private long lastRandom;

  SortableIds(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Returns the next id, 18 characters. */
  synchronized String next() {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      lastRandom = random.nextLong(RANDOM_BOUND);
    } else if (++lastRandom == RANDOM_BOUND) {
      lastMillis++;
      lastRandom = 0;
    }
    return encode(lastMillis, TIME_CHARACTERS) + encode(lastRandom, RANDOM_CHARACTERS);
  }

  private static String encode(long value, int characters) {
    char[] text = new char[characters];
    long rest = value;
    for (int i = characters - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(text);
  }
}
