package dev.dromedary.routing;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The most bytes a second all transfers together may receive; changeable while running. */
public final class RateLimit {

  /** Long enough to be smooth, short enough that a change is obeyed within a second. */
  private static final Duration BURST = Duration.ofMillis(100);

  private final Bucket bucket;
  private volatile boolean limited;
  private volatile long stepBytes;

  /** Creates a limit; 0 is none. */
  public RateLimit(long bytesPerSecond) {
    this.bucket = Bucket.builder().addLimit(bandwidth(Math.max(bytesPerSecond, 1))).build();
    this.stepBytes = step(bytesPerSecond);
    this.limited = bytesPerSecond > 0;
  }

  /** Sets another limit for the bytes from now on; 0 is none. */
  public void set(long bytesPerSecond) {
    bucket.replaceConfiguration(
        BucketConfiguration.builder().addLimit(bandwidth(Math.max(bytesPerSecond, 1))).build(),
        TokensInheritanceStrategy.RESET);
    stepBytes = step(bytesPerSecond);
    limited = bytesPerSecond > 0;
  }

  /**
   * Counts bytes that came and waits until they fit under the limit, in steps of about a tenth of a
   * second, so that neither a stop nor another limit waits for a large chunk.
   *
   * @param goesOn whether waiting still makes sense
   */
  void received(int bytes, BooleanSupplier goesOn) throws InterruptedException {
    long left = bytes;
    while (limited && left > 0 && goesOn.getAsBoolean()) {
      long step = Math.min(left, stepBytes);
      bucket.asBlocking().consume(step);
      left -= step;
    }
  }

  private static long step(long bytesPerSecond) {
    return Math.max(1, bytesPerSecond * BURST.toMillis() / 1000);
  }

  private static Bandwidth bandwidth(long bytesPerSecond) {
    long burst = Math.max(bytesPerSecond * BURST.toMillis() / 1000, 64 * 1024);
    return Bandwidth.builder()
        .capacity(burst)
        .refillGreedy(bytesPerSecond, Duration.ofSeconds(1))
        .build();
  }
}
