package dev.dromedary.part;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The file where the bytes of one version of a source wait until all are there, and the truth about
 * which are.
 *
 * <p>Written by up to 256 {@link PartWriter}s at once, followed by a digest, synced beside them. A
 * lock is held by whatever changes the files themselves and during a sync; writers do not need it,
 * so none waits for a sync before {@link PartSettings#syncEveryBytes()} is used up.
 *
 * <p>After a failed sync nothing since the last checkpoint is claimed any more, in memory or on
 * disk, and every write fails: the kernel reports such a failure once and forgets the bytes.
 *
 * <p>Failures of the disk are {@link DromedaryException}s with DISK_FULL, NO_DESCRIPTOR,
 * PERMISSION_DENIED or STAGING_FAILED; wrong use is an {@link IllegalStateException}. Thread-safe.
 * One process at a time may have a source's part file open; the ledger sees to that.
 */
public final class PartFile implements AutoCloseable {

  private final String sourceId;
  private final Path staging;
  private final Storage storage;
  private final StagingFailures failures;
  private final PartDisk disk;
  private final PartState state;
  private final String trust;
  private final ReentrantLock structure = new ReentrantLock();
  private final PartSyncs syncs;
  private final PartWrites writes;

  private PartFile(
      PartPaths paths,
      String sourceId,
      Storage storage,
      PartSettings settings,
      BootId boot,
      LongSupplier nanoClock,
      Executor syncs)
      throws IOException {
    this.sourceId = sourceId;
    this.staging = paths.staging();
    this.storage = storage;
    this.failures = new StagingFailures(storage, staging, sourceId);
    this.disk = new PartDisk(storage, paths, sourceId, boot);
    Recovery recovery = disk.recover();
    this.state = new PartState(sourceId, recovery, settings);
    this.trust = recovery.trust();
    this.syncs = new PartSyncs(disk, state, structure, failures, nanoClock, syncs);
    this.writes = new PartWrites(disk, state, this.syncs, failures, nanoClock);
  }

  /**
   * Opens the part file of a source, which need not exist, with a thread for each sync; {@code
   * nanoClock} counts like {@link System#nanoTime()}.
   */
  public static PartFile open(
      PartPaths paths,
      String sourceId,
      Storage storage,
      PartSettings settings,
      BootId boot,
      LongSupplier nanoClock) {
    return open(paths, sourceId, storage, settings, boot, nanoClock, PartFile::onDaemon);
  }

  /**
   * Opens the part file of a source, which need not exist. Nothing is changed on disk before {@link
   * #begin}, {@link #learn} or {@link #openPart}.
   *
   * @param nanoClock counts like {@link System#nanoTime()}
   * @param syncs runs the syncs that become due while writing; in the writer's thread is allowed
   */
  public static PartFile open(
      PartPaths paths,
      String sourceId,
      Storage storage,
      PartSettings settings,
      BootId boot,
      LongSupplier nanoClock,
      Executor syncs) {
    try {
      return new PartFile(paths, sourceId, storage, settings, boot, nanoClock, syncs);
    } catch (IOException e) {
      throw new StagingFailures(storage, paths.staging(), sourceId).of("open", e);
    }
  }

  /** Returns what the bytes belong to; empty before {@link #begin} and when it is not known. */
  public Optional<PartFacts> facts() {
    return state.facts();
  }

  /** Returns the bytes that are there: those trusted on opening, and those written since. */
  public ByteRanges received() {
    return state.received();
  }

  /** Says in words how much was trusted on opening, and why not more. */
  public String trust() {
    return trust;
  }

  /** Returns where the bytes are. */
  public Path path() {
    return disk.path();
  }

  /**
   * Starts over with another version: no byte is left. There must be no writer, and whoever follows
   * the frontier has to be stopped first.
   */
  public void begin(PartFacts facts) {
    requireOwn(facts);
    change(
        "begin",
        () -> {
          state.bar();
          try {
            state.reset(null, ByteRanges.EMPTY);
            disk.begin(facts);
            state.reset(facts, ByteRanges.EMPTY);
          } finally {
            state.unbar();
          }
        });
  }

  /** Returns what is noted of what was set aside before; empty when nothing is, or it is gone. */
  public Optional<SetAside> setAsideBefore() {
    try {
      return disk.setAside();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Takes back what was set aside, whole, as bytes of {@linkplain PartFacts#ofSeveralVersions which
   * only a digest can tell} what they are.
   *
   * @param kept as it was noted
   * @return whether it was taken; not when it has another length by now, or there is a part file
   */
  public boolean takeBack(SetAside kept) {
    requireOwn(kept.facts());
    PartFacts facts = kept.facts().ofSeveralVersions();
    ByteRanges all = ByteRanges.EMPTY.plus(new ByteRange(0, facts.length().orElseThrow()));
    boolean[] isTaken = {false};
    change(
        "take back",
        () -> {
          isTaken[0] = disk.moveBack(facts, all);
          if (isTaken[0]) {
            state.reset(facts, all);
          }
        });
    return isTaken[0];
  }

  /**
   * Notes more about the same version, such as its length; no byte is lost.
   *
   * @throws IllegalArgumentException when the facts are of another version
   */
  public void learn(PartFacts more) {
    requireOwn(more);
    change(
        "note the facts of",
        () -> {
          PartFacts known = state.requireFacts();
          PartFacts both = known.and(more);
          if (!disk.isWritable()) {
            adopt(both);
          } else if (!both.equals(known)) {
            disk.learn(both, state.synced());
          }
          state.learn(both);
        });
  }

  /**
   * Notes, durably, that the bytes may be of {@linkplain PartFacts#ofSeveralVersions several
   * versions}: who opens the file again without a digest to decide must not believe them.
   */
  public void mix() {
    change(
        "note the facts of",
        () -> {
          PartFacts mixed = state.requireFacts().ofSeveralVersions();
          if (!disk.isWritable()) {
            adopt(mixed);
          } else if (!mixed.equals(state.requireFacts())) {
            disk.learn(mixed, state.synced());
          }
          state.learn(mixed);
        });
  }

  /** Begins a part at an offset, 0 or more; does not wait for a sync that runs. */
  public PartWriter openPart(long startOffset) {
    if (startOffset < 0) {
      throw new IllegalArgumentException("part start " + startOffset + ": expected 0 or more");
    }
    if (!disk.isWritable()) {
      change(
          "open",
          () -> {
            if (!disk.isWritable()) {
              adopt(state.requireFacts());
            }
          });
    }
    int slot = state.occupy(startOffset);
    if (slot < 0) {
      checkpoint();
      slot = state.occupy(startOffset);
    }
    if (slot < 0) {
      throw new IllegalStateException(
          "source " + sourceId + ": " + JournalLayout.SLOTS + " parts are open already");
    }
    return new PartWriter(this, slot, startOffset);
  }

  /** Syncs what was written and notes it in the journal, so that it survives a power cut. */
  public void checkpoint() {
    change(
        "sync",
        () -> {
          if (!disk.isWritable() && !received().equals(state.synced())) {
            adopt(state.requireFacts());
          }
          syncs.sync();
        });
  }

  /** Returns the offset up to which every byte from the first on is there. */
  public long frontier() {
    return state.frontier();
  }

  /**
   * Waits until the frontier is beyond an offset.
   *
   * @return the frontier; not beyond when no more will come, that is after seal, close or a failure
   */
  public long awaitFrontier(long beyond) throws InterruptedException {
    return state.awaitFrontier(beyond);
  }

  /** Lets what is written be followed from memory; null lets it no longer. */
  public void follow(@Nullable PartFollower next) {
    writes.follow(next);
  }

  /** Reads some bytes, which are right within {@link #received()}; -1 at the end of the file. */
  public int readAt(ByteBuffer bytes, long offset) throws IOException {
    return disk.readAt(bytes, offset);
  }

  /**
   * Ends the file: cuts it to its length and syncs it. It may then be renamed; its journal stays
   * until {@link #forget()}. Once more, it only makes sure that the file is still where it was.
   *
   * @return where it is
   * @throws IllegalStateException when a byte is missing or a writer is open
   * @throws DromedaryException PART_FILE_DAMAGED when the file is shorter than what was written, or
   *     another has its name
   */
  public Path seal(long length) {
    change(
        "seal",
        () -> {
          state.requireFacts();
          if (state.isSealed()) {
            disk.requireInPlace();
            return;
          }
          state.bar();
          try {
            ByteRanges there = state.received();
            if (!there.coversAll(length)) {
              throw new IllegalStateException(
                  "source " + sourceId + ": cannot seal at " + length + ", only " + there);
            }
            disk.cut(length);
            syncs.data();
            disk.noteSealed(there);
            state.seal();
          } finally {
            state.unbar();
          }
        });
    return path();
  }

  /** Closes and removes the journal; for when the part file was delivered. */
  public void forget() {
    end("forget", () -> {});
  }

  /** Closes and removes part file and journal. */
  public void discard() {
    end("discard", disk::remove);
  }

  /**
   * Closes, removes the journal and renames the part file, to be looked at by a person, or {@link
   * #takeBack taken back}.
   *
   * @param found the digests its bytes have, as far as they are known
   */
  public Path setAside(List<ExpectedDigest> found) {
    Optional<SetAside> note =
        facts()
            .filter(facts -> facts.length().orElse(0) > 0 && !found.isEmpty())
            .map(facts -> new SetAside(facts, found));
    Path[] aside = {path()};
    end("set aside", () -> aside[0] = disk.moveAside(note));
    return aside[0];
  }

  /**
   * Makes a checkpoint of what was written here, unless sealed or failed, and closes; writers still
   * open fail from now.
   */
  @Override
  public void close() {
    structure.lock();
    try {
      if (state.isLive() && disk.isWritable()) {
        checkpoint();
      }
    } finally {
      closeDisk();
      structure.unlock();
    }
  }

  void write(PartWriter writer, ByteBuffer bytes) {
    state.awaitRoomForUnsynced();
    writes.write(writer, bytes);
  }

  void writeAndHandOver(PartWriter writer, ByteBuffer bytes, Runnable done) {
    state.awaitRoomForUnsynced();
    writes.writeAndHandOver(writer, bytes, done);
  }

  void release(PartWriter writer) {
    state.release(writer);
  }

  private void adopt(PartFacts facts) throws IOException {
    if (!state.received().equals(state.synced())) {
      syncs.data();
    }
    ByteRanges synced = state.received();
    disk.adopt(facts, synced);
    state.reset(facts, synced);
  }

  private void change(String action, Step step) {
    structure.lock();
    try {
      state.requireUsable();
      step.run();
    } catch (IOException e) {
      throw failures.of(action, e);
    } finally {
      structure.unlock();
    }
  }

  private void end(String action, Step last) {
    structure.lock();
    try {
      closeDisk();
      disk.removeJournal();
      last.run();
    } catch (IOException e) {
      throw failures.of(action, e);
    } finally {
      structure.unlock();
    }
  }

  private void closeDisk() {
    state.close();
    try {
      disk.close();
    } catch (IOException e) {
      throw failures.of("close", e);
    }
  }

  private void requireOwn(PartFacts facts) {
    if (!facts.sourceId().equals(sourceId)) {
      throw new IllegalArgumentException(
          "facts of source " + facts.sourceId() + ": expected those of " + sourceId);
    }
  }

  private static void onDaemon(Runnable sync) {
    Thread thread = new Thread(sync, "part-sync");
    thread.setDaemon(true);
    thread.start();
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
