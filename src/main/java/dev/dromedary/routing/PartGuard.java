package dev.dromedary.routing;

import dev.dromedary.observe.TransferProgress;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.function.LongSupplier;

/** What every read of an attempt is held against: rate, lowest speed, largest size. Thread-safe. */
final class PartGuard {

  private final TransferProgress progress;
  private final RateLimit rate;
  private final SpeedFloor floor;
  private final LongSupplier nanoClock;
  private final long largestBytes;

  /**
   * Creates a guard.
   *
   * @param largestBytes the size beyond which the file is too large
   */
  PartGuard(
      TransferProgress progress,
      RateLimit rate,
      SpeedFloor floor,
      LongSupplier nanoClock,
      long largestBytes) {
    this.progress = progress;
    this.rate = rate;
    this.floor = floor;
    this.nanoClock = nanoClock;
    this.largestBytes = largestBytes;
  }

  void received(int bytes, long offset) {
    progress.received(bytes);
    if (offset > largestBytes) {
      throw new DromedaryException(
          FailureCode.TOO_LARGE, "size: expected at most " + largestBytes + " bytes, found more");
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
