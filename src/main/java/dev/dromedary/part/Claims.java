package dev.dromedary.part;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which bytes are there, in memory: what was synced, and the extent of every writer since.
 *
 * <p>A slot is free, in use by a writer, or closed; a closed one keeps its extent until a
 * checkpoint has taken it over. Every step costs the number of slots at most and allocates nothing.
 * Not thread-safe.
 */
final class Claims {

  /** What a checkpoint is to note, and the closed slots it takes over. */
  record Snapshot(ByteRanges ranges, BitSet closed) {}

  private final long[] starts = new long[JournalLayout.SLOTS];
  private final long[] ends = new long[JournalLayout.SLOTS];
  private final BitSet used = new BitSet(JournalLayout.SLOTS);
  private final BitSet closed = new BitSet(JournalLayout.SLOTS);
  private ByteRanges base;
  private ByteRanges synced;
  private long frontier;

  /**
   * Creates the claims of a file that is opened.
   *
   * @param trusted the bytes that are there
   * @param synced those that would survive a power cut
   */
  Claims(ByteRanges trusted, ByteRanges synced) {
    this.base = trusted;
    this.synced = synced;
    this.frontier = trusted.frontierFrom(0);
  }

  /** Forgets everything but the given bytes, which are synced; writers lose their slots. */
  void reset(ByteRanges remaining) {
    used.clear();
    closed.clear();
    Arrays.fill(ends, 0);
    Arrays.fill(starts, 0);
    base = remaining;
    synced = remaining;
    frontier = remaining.frontierFrom(0);
  }

  /** Takes a free slot for a writer that begins at {@code start}; -1 when there is none. */
  int occupy(long start) {
    int slot = used.nextClearBit(0);
    if (slot >= JournalLayout.SLOTS) {
      return -1;
    }
    used.set(slot);
    starts[slot] = start;
    ends[slot] = start;
    return slot;
  }

  /** Says whether a new writer at {@code start} would begin where bytes end or are. */
  boolean touches(long start) {
    return start == 0
        || all().ranges().stream().anyMatch(r -> r.start() <= start && start <= r.end());
  }

  /** Returns how many separate extents there can be once every open writer has written. */
  int extents() {
    int pending = 0;
    for (int slot = used.nextSetBit(0); slot >= 0; slot = used.nextSetBit(slot + 1)) {
      pending += ends[slot] == starts[slot] ? 1 : 0;
    }
    return all().ranges().size() + pending;
  }

  /** Notes that the writer's bytes up to {@code end} are there; says whether the frontier moved. */
  boolean extend(int slot, long end) {
    ends[slot] = end;
    long before = frontier;
    while (true) {
      long at = base.frontierFrom(frontier);
      for (int s = used.nextSetBit(0); s >= 0; s = used.nextSetBit(s + 1)) {
        if (starts[s] <= at && at < ends[s]) {
          at = ends[s];
        }
      }
      if (at == frontier) {
        return frontier != before;
      }
      frontier = at;
    }
  }

  /** Keeps the extent of a writer that ended; its slot is free after the next checkpoint. */
  void release(int slot) {
    if (ends[slot] == starts[slot]) {
      used.clear(slot);
    } else {
      closed.set(slot);
    }
  }

  boolean hasWriters() {
    return used.cardinality() > closed.cardinality();
  }

  long frontier() {
    return frontier;
  }

  /** Returns the bytes that would survive a power cut. */
  ByteRanges synced() {
    return synced;
  }

  /** Returns the bytes that are there. */
  ByteRanges all() {
    if (used.isEmpty()) {
      return base;
    }
    List<ByteRange> ranges = new ArrayList<>(base.ranges());
    for (int slot = used.nextSetBit(0); slot >= 0; slot = used.nextSetBit(slot + 1)) {
      if (ends[slot] > starts[slot]) {
        ranges.add(new ByteRange(starts[slot], ends[slot]));
      }
    }
    return ByteRanges.of(ranges);
  }

  /** Takes a picture for a checkpoint. */
  Snapshot snapshot() {
    return new Snapshot(all(), (BitSet) closed.clone());
  }

  /** Notes that a snapshot was synced. */
  void settle(Snapshot done) {
    base = done.ranges();
    synced = done.ranges();
    used.andNot(done.closed());
    closed.andNot(done.closed());
  }
}
