package dev.dromedary.routing;

import dev.dromedary.observe.TransferProgress;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What every read of an attempt is held against: rate, lowest speed, largest size. Thread-safe. */
final class PartGuard {

  private final TransferProgress progress;
  private final RateLimit rate;
  private final SpeedFloor floor;
  private final LongSupplier nanoClock;
  private final AtomicLong allowanceBytes;

  /**
   * Creates a guard.
   *
   * @param allowanceBytes how many more bytes may come before the file is too large
   */
  PartGuard(
      TransferProgress progress,
      RateLimit rate,
      SpeedFloor floor,
      LongSupplier nanoClock,
      long allowanceBytes) {
    this.progress = progress;
    this.rate = rate;
    this.floor = floor;
    this.nanoClock = nanoClock;
    this.allowanceBytes = new AtomicLong(allowanceBytes);
  }

  void received(int bytes) {
    progress.received(bytes);
    if (allowanceBytes.addAndGet(-bytes) < 0) {
      throw new DromedaryException(
          FailureCode.TOO_LARGE, "size: the body is longer than limit.max-size allows");
    }
    floor.received(bytes, nanoClock.getAsLong());
    try {
      rate.received(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DromedaryException(FailureCode.STOPPING, "interrupted at the rate limit", e);
    }
  }
}
