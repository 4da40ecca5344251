package dev.dromedary.part;

import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an open part file, under one lock that is never held during I/O. Thread-safe.
 */
final class PartState {

  /** What a sync is to make durable. */
  record Unsynced(Claims.Snapshot claims, long bytes) {}

  private static final int MAX_EXTENTS = JournalLayout.MAX_EXTENTS / 2;

  private final String sourceId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Held release = lock::unlock;
  private final Condition frontierMoved = lock.newCondition();
  private final Condition syncEnded = lock.newCondition();
  private final Claims claims;
  private final SyncSchedule schedule;
  private @Nullable PartFacts facts;
  private @Nullable DromedaryException failure;
  private boolean isSyncRequested;
  private boolean isBarred;
  private boolean isSealed;
  private boolean isClosed;

  PartState(String sourceId, Recovery recovery, PartSettings settings) {
    this.sourceId = sourceId;
    this.claims = new Claims(recovery.trusted(), recovery.synced());
    this.schedule = new SyncSchedule(settings);
    this.facts = recovery.facts().orElse(null);
  }

  Optional<PartFacts> facts() {
    try (Held held = hold()) {
      return Optional.ofNullable(facts);
    }
  }

  PartFacts requireFacts() {
    return facts()
        .orElseThrow(
            () -> new IllegalStateException("source " + sourceId + ": part file is not begun"));
  }

  void learn(PartFacts more) {
    try (Held held = hold()) {
      facts = more;
    }
  }

  ByteRanges received() {
    try (Held held = hold()) {
      return claims.all();
    }
  }

  ByteRanges synced() {
    try (Held held = hold()) {
      return claims.synced();
    }
  }

  long frontier() {
    try (Held held = hold()) {
      return claims.frontier();
    }
  }

  long awaitFrontier(long beyond) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (claims.frontier() <= beyond && !isSealed && !isClosed && failure == null) {
        frontierMoved.await();
      }
      return claims.frontier();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a slot for a new writer; -1 when a checkpoint has to free one first. */
  int occupy(long start) {
    try (Held held = hold()) {
      requireUsable();
      if (isBarred || isSealed) {
        throw new IllegalStateException("source " + sourceId + ": part file takes no more bytes");
      }
      if (!claims.touches(start) && claims.extents() >= MAX_EXTENTS) {
        throw new IllegalStateException(
            "source "
                + sourceId
                + ": "
                + MAX_EXTENTS
                + " separate extents, expected a part to begin where one of them ends");
      }
      return claims.occupy(start);
    }
  }

  /** Notes what a writer wrote; says whether a sync has to be started. */
  boolean wrote(PartWriter writer, long end, long bytes, long nowNanos) {
    try (Held held = hold()) {
      requireUsable();
      if (claims.extend(writer.slot(), end)) {
        frontierMoved.signalAll();
      }
      boolean request = schedule.wrote(bytes, nowNanos) && !isSyncRequested;
      isSyncRequested |= request;
      return request;
    }
  }

  void release(PartWriter writer) {
    try (Held held = hold()) {
      if (failure == null) {
        claims.release(writer.slot());
      }
    }
  }

  /** Waits while a sync runs and as much is written as may be without one. */
  void awaitRoomForUnsynced() {
    try (Held held = hold()) {
      while (schedule.isExhausted() && isSyncRequested && failure == null && !isClosed) {
        syncEnded.awaitUninterruptibly();
      }
    }
  }

  /** Returns what to sync; empty when all is. */
  Optional<Unsynced> unsynced(long nowNanos) {
    try (Held held = hold()) {
      Unsynced unsynced = new Unsynced(claims.snapshot(), schedule.unsyncedBytes());
      if (unsynced.claims().ranges().equals(claims.synced())) {
        settle(unsynced, nowNanos);
        return Optional.empty();
      }
      return Optional.of(unsynced);
    }
  }

  void settle(Unsynced done, long sinceNanos) {
    try (Held held = hold()) {
      claims.settle(done.claims());
      schedule.synced(done.bytes(), sinceNanos);
    }
  }

  void syncEnded() {
    try (Held held = hold()) {
      isSyncRequested = false;
      syncEnded.signalAll();
    }
  }

  /** Keeps new writers away until {@link #reset}; there must be none. */
  void bar() {
    try (Held held = hold()) {
      requireUsable();
      if (claims.hasWriters()) {
        throw new IllegalStateException("source " + sourceId + ": a part is still being written");
      }
      isBarred = true;
    }
  }

  void unbar() {
    try (Held held = hold()) {
      isBarred = false;
    }
  }

  /** Forgets all bytes but those, which are synced, and takes other facts. */
  void reset(@Nullable PartFacts next, ByteRanges remaining) {
    try (Held held = hold()) {
      facts = next;
      claims.reset(remaining);
      schedule.reset();
    }
  }

  /** Withdraws everything that was not synced, for good. */
  void distrust(DromedaryException reason) {
    try (Held held = hold()) {
      claims.reset(claims.synced());
      fail(reason);
    }
  }

  /** Makes everything from now on fail, unless it does already. */
  void fail(DromedaryException reason) {
    try (Held held = hold()) {
      failure = failure == null ? reason : failure;
      wakeAll();
    }
  }

  void seal() {
    try (Held held = hold()) {
      isSealed = true;
      wakeAll();
    }
  }

  boolean isSealed() {
    try (Held held = hold()) {
      return isSealed;
    }
  }

  void close() {
    try (Held held = hold()) {
      isClosed = true;
      wakeAll();
    }
  }

  /** Says whether there may be something a checkpoint should keep. */
  boolean isLive() {
    try (Held held = hold()) {
      return !isClosed && !isSealed && failure == null;
    }
  }

  void requireUsable() {
    try (Held held = hold()) {
      if (isClosed) {
        throw new IllegalStateException("source " + sourceId + ": part file is closed");
      }
      if (failure != null) {
        throw new DromedaryException(
            failure.code(), failure.getMessage() + " (noticed before)", failure);
      }
    }
  }

  private void wakeAll() {
    frontierMoved.signalAll();
    syncEnded.signalAll();
  }

  private Held hold() {
    lock.lock();
    return release;
  }

  private interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
