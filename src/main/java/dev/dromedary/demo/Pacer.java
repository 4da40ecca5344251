package dev.dromedary.demo;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds one connection to a rate that may change between two writes. */
final class Pacer {

  private static final int WRITES_PER_SECOND = 20;

  private final CountDownLatch closing;
  private long freeAtNanos = System.nanoTime();

  /** Creates a pacer whose waits end when {@code closing} is counted down. */
  Pacer(CountDownLatch closing) {
    this.closing = closing;
  }

  /** Returns how many bytes to write at once at a rate; a rate of 0 is no limit. */
  static int writeSize(long bytesPerSecond, int most) {
    return bytesPerSecond == 0
        ? most
        : (int) Math.min(most, Math.max(1, bytesPerSecond / WRITES_PER_SECOND));
  }

  /** Waits for as long as so many bytes take at a rate. */
  void spend(long bytes, long bytesPerSecond) throws IOException {
    if (bytesPerSecond == 0) {
      return;
    }
    long now = System.nanoTime();
    long cost = bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    freeAtNanos = Math.max(freeAtNanos, now - TimeUnit.MILLISECONDS.toNanos(100)) + cost;
    try {
      if (closing.await(Math.max(0, freeAtNanos - now), TimeUnit.NANOSECONDS)) {
        throw new AsynchronousCloseException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AsynchronousCloseException();
    }
  }
}
