package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;

/**
 * Brings what was written to a part file safely to the disk, and notes it in the journal only then.
 *
 * <p>After a failed sync nothing since the last one is claimed any more: the kernel reports such a
 * failure once and forgets the bytes. Thread-safe.
 */
final class PartSyncs {

  private final PartDisk disk;
  private final PartState state;
  private final Lock structure;
  private final StagingFailures failures;
  private final LongSupplier nanoClock;
  private final Executor beside;

  /**
   * Syncs one part file.
   *
   * @param structure held by whatever changes the files themselves, and while they are synced
   * @param beside runs the syncs that become due while writing
   */
  PartSyncs(
      PartDisk disk,
      PartState state,
      Lock structure,
      StagingFailures failures,
      LongSupplier nanoClock,
      Executor beside) {
    this.disk = disk;
    this.state = state;
    this.structure = structure;
    this.failures = failures;
    this.nanoClock = nanoClock;
    this.beside = beside;
  }

  /**
   * Begins the sync that {@link PartState#wrote} said is due; in the caller when it cannot run
   * beside it, as where no thread is to be had: the other writers wait for its end.
   */
  void begin() {
    try {
      beside.execute(this::syncWhileWriting);
    } catch (RuntimeException | Error e) {
      syncWhileWriting();
    }
  }

  private void syncWhileWriting() {
    structure.lock();
    try {
      if (state.isLive()) {
        sync();
      }
    } catch (IOException e) {
      state.fail(failures.of("sync", e));
    } catch (DromedaryException e) {
      state.fail(e);
    } catch (OutOfMemoryError e) {
      // nothing more is claimed than before, and the next write asks for a sync again
      return;
    } finally {
      structure.unlock();
      state.syncEnded();
    }
  }

  /** Syncs what was written and notes it. The structure is locked. */
  void sync() throws IOException {
    long since = nanoClock.getAsLong();
    Optional<PartState.Unsynced> unsynced = state.unsynced(since);
    if (unsynced.isPresent() && disk.isWritable()) {
      data();
      disk.noteSynced(unsynced.get().claims().ranges());
      state.settle(unsynced.get(), since);
    }
  }

  /** Syncs the bytes alone. The structure is locked. */
  void data() {
    try {
      disk.syncData();
    } catch (IOException e) {
      throw distrust(e);
    }
  }

  private DromedaryException distrust(IOException cause) {
    DromedaryException reason = failures.of("sync", cause);
    state.distrust(reason);
    try {
      disk.withdraw(state.requireFacts(), state.synced());
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }
}
