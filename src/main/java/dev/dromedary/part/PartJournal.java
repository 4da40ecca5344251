package dev.dromedary.part;

import dev.dromedary.transfer.ByteRanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open journal of a part file: the record of which bytes are there.
 *
 * <p>It holds a header, {@value JournalLayout#SLOTS} live slots and two checkpoint banks; see
 * {@link JournalHeader} and {@link JournalLayout} for each field and {@code docs/part-journal.md}
 * for the reasons. A slot is written after every chunk, one of its two records after the other, and
 * believed until the machine restarts. A bank is written after the part file was synced, the two in
 * turn, and believed always. The bytes that are there are the union of both. A record that is torn
 * or damaged says nothing; it cannot say too much.
 *
 * <p>A header never changes in place: a new journal is written under another name and renamed over
 * the old one, so that facts and extents always belong together.
 *
 * <p>Thread-safe, as long as a slot has one writer and {@link #checkpoint}, {@link #replaceHeader}
 * and {@link #close} come from one thread at a time.
 */
final class PartJournal implements AutoCloseable {

  private final Storage storage;
  private final PartPaths paths;
  private final String sourceId;
  private final ReentrantLock slotLock = new ReentrantLock();
  private final long[] starts = new long[JournalLayout.SLOTS];
  private final long[] ends = new long[JournalLayout.SLOTS];
  private final byte[] turns = new byte[JournalLayout.SLOTS];
  private final ByteBuffer record = ByteBuffer.allocate(JournalLayout.RECORD_BYTES);
  private JournalLayout layout;
  private StorageFile file;
  private long sequence = 1;
  private boolean isDead;

  private PartJournal(
      Storage storage, PartPaths paths, String sourceId, JournalLayout layout, StorageFile file) {
    this.storage = storage;
    this.paths = paths;
    this.sourceId = sourceId;
    this.layout = layout;
    this.file = file;
  }

  /**
   * Writes a journal without live extents in place of any other; the switch is atomic.
   *
   * @param checkpoint what is synced already
   * @param durable whether to return only after the switch survives a power cut; needed whenever an
   *     older journal may be there
   */
  static PartJournal create(
      Storage storage,
      PartPaths paths,
      JournalHeader header,
      ByteRanges checkpoint,
      boolean durable)
      throws IOException {
    String sourceId = header.facts().sourceId();
    JournalLayout layout = new JournalLayout(header.encode());
    try (StorageFile fresh = openNew(storage, paths, sourceId)) {
      writeFresh(fresh, layout, 1, checkpoint);
      if (durable) {
        fresh.sync();
      }
    }
    StorageFile file = rename(storage, paths, sourceId);
    if (durable) {
      syncOrClose(storage, paths, file);
    }
    return new PartJournal(storage, paths, sourceId, layout, file);
  }

  /** Reads a whole journal file, at most as much of it as any journal has. */
  static byte[] read(Storage storage, Path path) throws IOException {
    try (StorageFile file = storage.open(path)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 2 << 20));
      while (bytes.hasRemaining() && file.readAt(bytes, bytes.position()) > 0) {
        continue;
      }
      return bytes.array();
    }
  }

  /** Notes that one writer's bytes from {@code start} to {@code end} are in the part file. */
  void extend(int slot, long start, long end) throws IOException {
    slotLock.lock();
    try {
      if (isDead) {
        return;
      }
      starts[slot] = start;
      ends[slot] = end;
      turns[slot] ^= 1;
      int number = 2 * slot + turns[slot];
      layout.encodeRecord(record.clear(), number, start, end);
      file.writeAt(record.flip(), layout.recordOffset(number));
    } finally {
      slotLock.unlock();
    }
  }

  /**
   * Notes what was synced; the part file must have been.
   *
   * @param durable whether to sync the journal too; without, the previous bank may hold after a
   *     power cut
   */
  void checkpoint(ByteRanges synced, boolean durable) throws IOException {
    int bank = bankOf(sequence + 1);
    byte[] bytes = layout.encodeBank(bank, sequence + 1, synced);
    file.writeAt(ByteBuffer.wrap(bytes), layout.bankOffset(bank));
    if (durable) {
      file.sync();
    }
    sequence++;
  }

  /**
   * Replaces the header, keeping the checkpoint and what the slots say; the switch is atomic. Once
   * it has happened the new journal is written, also where it cannot be opened by its new name.
   */
  void replaceHeader(JournalHeader header, ByteRanges checkpoint) throws IOException {
    JournalLayout next = new JournalLayout(header.encode());
    StorageFile fresh = openNew(storage, paths, sourceId);
    try {
      writeFresh(fresh, next, sequence, checkpoint);
      fresh.sync();
      slotLock.lock();
      try {
        fresh.writeAt(ByteBuffer.wrap(slots(next)), next.recordOffset(0));
        storage.moveAtomically(paths.newJournal(sourceId), paths.journal(sourceId));
        try (StorageFile replaced = file) {
          file = fresh;
          layout = next;
        }
        file = storage.open(paths.journal(sourceId));
      } finally {
        slotLock.unlock();
      }
    } finally {
      if (file != fresh) {
        fresh.close();
      }
    }
    storage.syncDirectory(paths.staging());
  }

  /**
   * Makes the slots say nothing, for good; to be called when the part file could not be synced.
   * When they cannot be written the journal is removed, which says even less.
   */
  void invalidateLive() throws IOException {
    slotLock.lock();
    try {
      isDead = true;
      Arrays.fill(ends, 0);
      file.writeAt(ByteBuffer.allocate(JournalLayout.RECORDS_BYTES), layout.recordOffset(0));
      file.sync();
    } catch (IOException e) {
      storage.delete(paths.journal(sourceId));
    } finally {
      slotLock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    slotLock.lock();
    try {
      isDead = true;
      file.close();
    } finally {
      slotLock.unlock();
    }
  }

  private byte[] slots(JournalLayout target) {
    ByteBuffer all = ByteBuffer.allocate(JournalLayout.RECORDS_BYTES);
    for (int slot = 0; slot < JournalLayout.SLOTS; slot++) {
      if (ends[slot] > starts[slot]) {
        int number = 2 * slot + turns[slot];
        all.position(number * JournalLayout.RECORD_BYTES);
        target.encodeRecord(all, number, starts[slot], ends[slot]);
      }
    }
    return all.array();
  }

  private static StorageFile openNew(Storage storage, PartPaths paths, String sourceId)
      throws IOException {
    storage.delete(paths.newJournal(sourceId));
    return storage.open(paths.newJournal(sourceId));
  }

  private static void writeFresh(
      StorageFile file, JournalLayout layout, long sequence, ByteRanges checkpoint)
      throws IOException {
    int bank = bankOf(sequence);
    file.writeAt(ByteBuffer.wrap(layout.header()), 0);
    file.writeAt(
        ByteBuffer.wrap(layout.encodeBank(bank, sequence, checkpoint)), layout.bankOffset(bank));
    file.writeAt(ByteBuffer.allocate(JournalLayout.RECORDS_BYTES), layout.recordOffset(0));
  }

  private static StorageFile rename(Storage storage, PartPaths paths, String sourceId)
      throws IOException {
    storage.moveAtomically(paths.newJournal(sourceId), paths.journal(sourceId));
    return storage.open(paths.journal(sourceId));
  }

  private static void syncOrClose(Storage storage, PartPaths paths, StorageFile file)
      throws IOException {
    try {
      storage.syncDirectory(paths.staging());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static int bankOf(long sequence) {
    return (int) (sequence % 2);
  }
}
