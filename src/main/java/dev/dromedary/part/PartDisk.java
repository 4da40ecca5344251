package dev.dromedary.part;

import dev.dromedary.transfer.ByteRanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The part file and its journal on disk, and the order in which they change.
 *
 * <p>Whatever order the names and blocks reach the disk in, a journal never stands beside bytes it
 * does not speak of: one that may exist is durably replaced or removed before bytes of another
 * version are written. {@link #write} and {@link #readAt} may be called by any thread, the others
 * by one at a time.
 */
final class PartDisk {

  private final Storage storage;
  private final PartPaths paths;
  private final String sourceId;
  private final BootId boot;
  private final AtomicLong leastBytes = new AtomicLong();
  private boolean isDirectorySynced = true;
  private volatile @Nullable StorageFile data;
  private volatile @Nullable PartJournal journal;

  PartDisk(Storage storage, PartPaths paths, String sourceId, BootId boot) {
    this.storage = storage;
    this.paths = paths;
    this.sourceId = sourceId;
    this.boot = boot;
  }

  /** Reads what is there; changes nothing. */
  Recovery recover() throws IOException {
    Path log = paths.journal(sourceId);
    Optional<byte[]> found =
        storage.exists(log) ? Optional.of(PartJournal.read(storage, log)) : Optional.empty();
    if (!storage.exists(path())) {
      return Recovery.judge(sourceId, found, OptionalLong.empty(), boot);
    }
    long size = openData().size();
    leastBytes.set(size);
    return Recovery.judge(sourceId, found, OptionalLong.of(size), boot);
  }

  Path path() {
    return paths.partFile(sourceId);
  }

  /** Says whether the journal is open, so that parts can be written. */
  boolean isWritable() {
    return journal != null;
  }

  /** Starts over: a journal without extents, then a file without bytes. */
  void begin(PartFacts facts) throws IOException {
    closeJournal();
    boolean mayReplace = storage.exists(paths.journal(sourceId));
    PartJournal fresh =
        PartJournal.create(storage, paths, header(facts), ByteRanges.EMPTY, mayReplace);
    journal = fresh;
    isDirectorySynced = false;
    leastBytes.set(0);
    openData().truncate(0);
  }

  /** Replaces the journal of an earlier process; {@code synced} has to be. */
  void adopt(PartFacts facts, ByteRanges synced) throws IOException {
    openData();
    journal = PartJournal.create(storage, paths, header(facts), synced, true);
  }

  /** Replaces the facts of the open journal by others of the same version. */
  void learn(PartFacts facts, ByteRanges synced) throws IOException {
    openJournal().replaceHeader(header(facts), synced);
  }

  /**
   * Writes all bytes to their place, then notes that the writer's extent ends after them. Looks
   * first whether somebody cut the file: a later write would hide it behind zeros.
   */
  void write(PartWriter writer, ByteBuffer bytes, boolean isReadAgain) throws IOException {
    long at = writer.position();
    long end = at + bytes.remaining();
    StorageFile open = openData();
    requireUncut(open);
    if (isReadAgain) {
      open.writeAt(bytes, at);
    } else {
      open.writeOutAt(bytes, at);
    }
    leastBytes.accumulateAndGet(end, Math::max);
    openJournal().extend(writer.slot(), writer.start(), end);
  }

  int readAt(ByteBuffer bytes, long offset) throws IOException {
    StorageFile open = data;
    return open == null ? -1 : open.readAt(bytes, offset);
  }

  void syncData() throws IOException {
    openData().sync();
  }

  /** Notes what was synced, so that it survives a power cut. */
  void noteSynced(ByteRanges synced) throws IOException {
    if (!isDirectorySynced) {
      storage.syncDirectory(paths.staging());
      isDirectorySynced = true;
    }
    openJournal().checkpoint(synced, true);
  }

  /** Notes what was synced before the part file is renamed, when nothing may come after. */
  void noteSealed(ByteRanges synced) throws IOException {
    PartJournal open = journal;
    if (open != null) {
      open.checkpoint(synced, false);
    }
  }

  /** Claims nothing but what was synced; when that cannot be written, nothing at all. */
  void withdraw(PartFacts facts, ByteRanges synced) throws IOException {
    PartJournal open = journal;
    if (open != null) {
      open.invalidateLive();
      return;
    }
    try {
      adopt(facts, synced);
    } catch (IOException e) {
      removeJournal();
      throw e;
    }
  }

  /** Cuts what lies beyond a length, in the file that still bears its name. */
  void cut(long length) throws IOException {
    StorageFile open = openData();
    long size = requireUncut(open);
    requireInPlace();
    if (size > length) {
      leastBytes.set(length);
      open.truncate(length);
    }
  }

  /** Makes sure that whoever renames the part file renames the one that was written. */
  void requireInPlace() throws IOException {
    openData().requireInPlace();
  }

  /** Returns the size; what it must be is known before it, as others write meanwhile. */
  private long requireUncut(StorageFile open) throws IOException {
    long least = leastBytes.get();
    long size = open.size();
    if (size < least) {
      throw new DamagedFileException(
          path().getFileName() + " has " + size + " bytes, expected " + least + " or more");
    }
    return size;
  }

  void close() throws IOException {
    closeJournal();
    StorageFile open = data;
    if (open != null) {
      open.close();
    }
  }

  /** Removes the journal before anything else happens to the part file. */
  void removeJournal() throws IOException {
    storage.delete(paths.journal(sourceId));
    try {
      storage.syncDirectory(paths.staging());
    } catch (NoSuchFileException gone) {
      // it went with its directory
    }
  }

  void remove() throws IOException {
    storage.delete(path());
  }

  /**
   * Renames the part file over one that was set aside before: a wrong digest fills no disk. What is
   * not noted of it is fetched again.
   */
  Path moveAside(Optional<SetAside> note) throws IOException {
    Path aside = paths.setAside(sourceId);
    Path notePath = paths.setAsideNote(sourceId);
    storage.delete(notePath);
    try {
      storage.moveAtomically(path(), aside);
    } catch (NoSuchFileException absent) {
      throw DamagedFileException.gone(path());
    }
    if (note.isPresent()) {
      try (StorageFile file = storage.open(notePath)) {
        file.writeAt(ByteBuffer.wrap(note.get().encode(boot)), 0);
      } catch (IOException unnoted) {
        storage.delete(notePath);
      }
    }
    return aside;
  }

  /** Reads what is noted of what was set aside before, if it is there still. */
  Optional<SetAside> setAside() throws IOException {
    Path note = paths.setAsideNote(sourceId);
    return storage.exists(paths.setAside(sourceId)) && storage.exists(note)
        ? SetAside.decode(PartJournal.read(storage, note))
        : Optional.empty();
  }

  /**
   * Renames what was set aside to be the part file again, after it was synced and a journal says
   * so.
   *
   * @param all every byte of the version, one or more
   * @return whether it was; not when it has another length, or there is a part file
   */
  boolean moveBack(PartFacts facts, ByteRanges all) throws IOException {
    Path aside = paths.setAside(sourceId);
    if (storage.exists(path()) || !storage.exists(aside)) {
      return false;
    }
    try (StorageFile kept = storage.open(aside)) {
      if (kept.size() != all.sizeBytes()) {
        return false;
      }
      kept.sync();
    }
    try {
      closeJournal();
      journal = PartJournal.create(storage, paths, header(facts), all, true);
      storage.moveAtomically(aside, path());
    } catch (IOException e) {
      closeJournal();
      removeJournal();
      throw e;
    }
    storage.delete(paths.setAsideNote(sourceId));
    storage.syncDirectory(paths.staging());
    openData();
    leastBytes.set(all.sizeBytes());
    return true;
  }

  private StorageFile openData() throws IOException {
    StorageFile open = data;
    if (open == null) {
      open = storage.open(path());
      data = open;
    }
    return open;
  }

  private PartJournal openJournal() {
    PartJournal open = journal;
    if (open == null) {
      throw new IllegalStateException("source " + sourceId + ": part file is not begun");
    }
    return open;
  }

  private void closeJournal() throws IOException {
    PartJournal open = journal;
    journal = null;
    if (open != null) {
      open.close();
    }
  }

  private JournalHeader header(PartFacts facts) {
    return new JournalHeader(boot, facts);
  }
}
