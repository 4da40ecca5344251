package dev.dromedary.routing;

import dev.dromedary.source.OriginTimes;
import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TimeSpan;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The lowest average speed of a transfer over a window, after which it is better to ask again on a
 * fresh connection (promise I7). Thread-safe.
 */
final class SpeedFloor {

  private final long bytesPerSecond;
  private final Duration window;
  private long windowStartNanos;
  private long windowBytes;
  private boolean hasBegun;

  /** Creates a floor; 0 bytes a second is none. The first window begins with the first byte. */
  SpeedFloor(long bytesPerSecond, Duration window, long nowNanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.window = window;
    this.windowStartNanos = nowNanos;
  }

  /** Creates the floor of a host: what is settled for it, else what holds for all. */
  static SpeedFloor of(OriginTimes settled, TransferLimits limits, long nowNanos) {
    return new SpeedFloor(
        settled.minBytesPerSecond().orElse(limits.minBytesPerSecond()),
        settled.minSpeedWindow().orElse(limits.minSpeedWindow()),
        nowNanos);
  }

  /**
   * Counts bytes and waits until they fit under our own limits, which is not held against the
   * server. Without a floor and without a limit it costs no lock and no clock.
   *
   * @param pace the limits of the connection they came on
   * @param goesOn whether waiting still makes sense
   * @throws DromedaryException {@code TOO_SLOW} when a window's average was below the floor, {@code
   *     STOPPING} when interrupted
   */
  void received(int bytes, Pace pace, BooleanSupplier goesOn, LongSupplier nanoClock) {
    boolean isSet = bytesPerSecond > 0;
    if (isSet) {
      received(bytes, nanoClock.getAsLong());
    }
    try {
      long waited = pace.received(bytes, goesOn, nanoClock);
      if (waited > 0 && isSet) {
        excuse(waited, nanoClock.getAsLong());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DromedaryException(FailureCode.STOPPING, "interrupted at the rate limit", e);
    }
  }

  /** Leaves out time in which we made the server wait; together never more than has passed. */
  synchronized void excuse(long nanos, long nowNanos) {
    windowStartNanos += Math.min(nanos, nowNanos - windowStartNanos);
  }

  /**
   * Counts bytes, and judges each window when it is over.
   *
   * @throws DromedaryException {@code TOO_SLOW} when the window's average was below the floor
   */
  synchronized void received(int bytes, long nowNanos) {
    if (!hasBegun) {
      hasBegun = true;
      windowStartNanos = nowNanos;
    }
    windowBytes += bytes;
    judge(nowNanos);
  }

  /**
   * Judges a window that is over also where nothing comes that would be counted.
   *
   * @param isAsking whether anything is asked for; time in which nothing is counts for nobody
   * @throws DromedaryException as {@link #received(int, long)}
   */
  synchronized void look(boolean isAsking, long nowNanos) {
    if (!isAsking) {
      windowStartNanos = nowNanos;
      windowBytes = 0;
    } else if (hasBegun && bytesPerSecond > 0) {
      judge(nowNanos);
    }
  }

  private void judge(long nowNanos) {
    long elapsed = nowNanos - windowStartNanos;
    if (elapsed < window.toNanos()) {
      return;
    }
    double average = windowBytes * 1e9 / elapsed;
    windowStartNanos = nowNanos;
    windowBytes = 0;
    if (average < bytesPerSecond) {
      throw new DromedaryException(
          FailureCode.TOO_SLOW,
          "average speed: expected at least "
              + ByteSize.format(bytesPerSecond)
              + "/s over "
              + TimeSpan.format(window)
              + ", found "
              + ByteSize.format(Math.round(average))
              + "/s");
    }
  }
}
