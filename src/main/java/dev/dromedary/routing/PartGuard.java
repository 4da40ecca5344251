package dev.dromedary.routing;

import dev.dromedary.observe.TransferProgress;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** What every read of an attempt is held against: rate, lowest speed, largest size. Thread-safe. */
final class PartGuard {

  private final TransferProgress progress;
  private final SpeedFloor floor;
  private final LongSupplier nanoClock;
  private final Largest largest;
  private final AtomicInteger heldBack = new AtomicInteger();

  /** Creates a guard of one attempt. */
  PartGuard(TransferProgress progress, SpeedFloor floor, LongSupplier nanoClock, Largest largest) {
    this.progress = progress;
    this.floor = floor;
    this.nanoClock = nanoClock;
    this.largest = largest;
  }

  /**
   * Takes note of bytes read.
   *
   * @param reachedOffset the offset in the file after the last of them
   * @param pace the limits of the connection they came on
   * @param goesOn whether waiting at a rate limit still makes sense
   */
  void received(int bytes, long reachedOffset, Pace pace, BooleanSupplier goesOn) {
    progress.received(bytes);
    if (reachedOffset > largest.bytes()) {
      throw new DromedaryException(
          largest.code(),
          "size: expected at most " + largest.bytes() + " bytes, found more in the body");
    }
    heldBack.incrementAndGet();
    try {
      floor.received(bytes, pace, goesOn, nanoClock);
    } finally {
      heldBack.decrementAndGet();
    }
  }

  /**
   * Is asked now and then, since a server that sends nothing is slow too.
   *
   * @param isAsking whether a part is under way
   */
  void look(boolean isAsking) {
    if (heldBack.get() == 0) {
      floor.look(isAsking, nanoClock.getAsLong());
    }
  }

  /** Returns how many of its connections wait at our own rate limits now. */
  int heldBack() {
    return heldBack.get();
  }

  /**
   * How large the file may become.
   *
   * @param bytes its length at most
   * @param code what it means when there is more
   */
  record Largest(long bytes, FailureCode code) {}
}
