package dev.dromedary.operate;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that costs something to read, as it was a moment ago: read again when it is older than a
 * quarter of a second, so that many who look cost four reads a second. Thread-safe.
 */
final class Lately {

  static final long FRESH_NANOS = 250_000_000L;

  private final LongSupplier source;
  private final LongSupplier nanoClock;
  private @Nullable Long value;
  private long readAt;

  Lately(LongSupplier source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
  }

  /** Returns the value, a quarter of a second old at most. */
  synchronized long get() {
    long now = nanoClock.getAsLong();
    Long known = value;
    if (known == null || now - readAt >= FRESH_NANOS) {
      known = source.getAsLong();
      value = known;
      readAt = now;
    }
    return known;
  }
}
