package dev.dromedary.part;

/**
 * When written bytes are due for a sync.
 *
 * <p>A sync is due at half of {@link PartSettings#syncEveryBytes()}, so that it runs beside the
 * writers; they wait for it only at the whole. Not thread-safe.
 */
final class SyncSchedule {

  private final PartSettings settings;
  private long unsyncedBytes;
  private long waitingSinceNanos;

  SyncSchedule(PartSettings settings) {
    this.settings = settings;
  }

  /**
   * Notes bytes written at a time in nanoseconds of {@link System#nanoTime()}; says whether a sync
   * is due.
   */
  boolean wrote(long bytes, long nowNanos) {
    if (unsyncedBytes == 0) {
      waitingSinceNanos = nowNanos;
    }
    unsyncedBytes += bytes;
    return unsyncedBytes * 2 >= settings.syncEveryBytes()
        || nowNanos - waitingSinceNanos >= settings.syncEvery().toNanos();
  }

  /** Says whether no more may be written before a sync has ended. */
  boolean isExhausted() {
    return unsyncedBytes >= settings.syncEveryBytes();
  }

  long unsyncedBytes() {
    return unsyncedBytes;
  }

  /** Notes that so many of the bytes were synced, those written before {@code sinceNanos}. */
  void synced(long bytes, long sinceNanos) {
    unsyncedBytes -= bytes;
    waitingSinceNanos = sinceNanos;
  }

  /** Forgets what was written. */
  void reset() {
    unsyncedBytes = 0;
  }
}
