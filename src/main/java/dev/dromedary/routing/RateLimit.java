package dev.dromedary.routing;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/** The most bytes a second all transfers together may receive; changeable while running. */
public final class RateLimit {

  /** Long enough to be smooth, short enough that a change is obeyed within a second. */
  private static final Duration BURST = Duration.ofMillis(100);

  private final Bucket bucket;
  private volatile boolean limited;

  /** Creates a limit; 0 is none. */
  public RateLimit(long bytesPerSecond) {
    this.bucket = Bucket.builder().addLimit(bandwidth(Math.max(bytesPerSecond, 1))).build();
    this.limited = bytesPerSecond > 0;
  }

  /** Sets another limit for the bytes from now on; 0 is none. */
  public void set(long bytesPerSecond) {
    bucket.replaceConfiguration(
        BucketConfiguration.builder().addLimit(bandwidth(Math.max(bytesPerSecond, 1))).build(),
        TokensInheritanceStrategy.RESET);
    limited = bytesPerSecond > 0;
  }

  /** Counts bytes that came and waits until they fit under the limit. */
  void received(int bytes) throws InterruptedException {
    if (limited) {
      bucket.asBlocking().consume(bytes);
    }
  }

  private static Bandwidth bandwidth(long bytesPerSecond) {
    long burst = Math.max(bytesPerSecond * BURST.toMillis() / 1000, 64 * 1024);
    return Bandwidth.builder()
        .capacity(burst)
        .refillGreedy(bytesPerSecond, Duration.ofSeconds(1))
        .build();
  }
}
