package dev.dromedary.routing;

import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The room on the staging disk that running transfers are promised for the bytes they still miss,
 * so that a transfer waits before it begins rather than fail near its end. A promise is kept by
 * counting: Java has no call to reserve blocks, and another program may take the room all the same.
 *
 * <p>Thread-safe.
 */
public final class DiskBudget {

  /**
   * What was granted, as far as it is still missing; a transfer that has come to miss more, as of a
   * newer version, is promised that only when it has asked.
   */
  private record Promise(long granted, LongSupplier missing) {

    long bytes() {
      return Math.max(0, Math.min(granted, missing.getAsLong()));
    }
  }

  private final LongSupplier usableBytes;
  private final long keepFreeBytes;
  private final Map<String, Promise> promises = new HashMap<>();

  /**
   * Creates a budget without promises.
   *
   * @param usableBytes asks the disk how much can still be written, in bytes
   * @param keepFreeBytes how much of that is never promised, 0 or more
   */
  public DiskBudget(LongSupplier usableBytes, long keepFreeBytes) {
    this.usableBytes = usableBytes;
    this.keepFreeBytes = keepFreeBytes;
  }

  /**
   * Promises a transfer the room for what it misses; a promise it had before is replaced.
   *
   * @param missingBytes how much that is, asked again whenever another transfer wants room
   * @throws DromedaryException {@link FailureCode#DISK_FULL} when there is not so much room
   */
  public synchronized void reserve(String transferId, String sourceId, LongSupplier missingBytes) {
    promises.remove(transferId);
    long needed = missingBytes.getAsLong();
    long promised = reservedBytes();
    if (!hasRoom(needed)) {
      long usable = usableBytes.getAsLong();
      throw new DromedaryException(
          FailureCode.DISK_FULL,
          "source "
              + sourceId
              + ": needs "
              + ByteSize.format(needed)
              + " more in staging, found "
              + ByteSize.format(usable)
              + " free, of which "
              + ByteSize.format(promised)
              + " are promised to "
              + promises.size()
              + (promises.size() == 1 ? " other transfer and " : " other transfers and ")
              + ByteSize.format(keepFreeBytes)
              + " are kept free");
    }
    promises.put(transferId, new Promise(needed, missingBytes));
  }

  /** Says whether so much could be promised now; nothing is. */
  public synchronized boolean hasRoom(long missingBytes) {
    return missingBytes <= Math.max(0, usableBytes.getAsLong() - keepFreeBytes - reservedBytes());
  }

  /** Takes back what a transfer was promised; one without a promise is no error. */
  public synchronized void release(String transferId) {
    promises.remove(transferId);
  }

  /** Returns how much is promised now, in bytes. */
  public synchronized long reservedBytes() {
    return promises.values().stream().mapToLong(Promise::bytes).sum();
  }

  /** Returns how much can still be written, in bytes. */
  public long freeBytes() {
    return usableBytes.getAsLong();
  }
}
