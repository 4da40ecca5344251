package dev.dromedary.part;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memory outside the heap for chunks, used again and again: getting and freeing it costs more than
 * filling it, and the collector, which sees none of it, would be late.
 *
 * <p>It is had in slabs, each divided into chunks of one size and, when none of them is in use,
 * into chunks of another: what all sizes together take is what was in use at once, not the sum of
 * it. Thread-safe.
 */
public final class ChunkMemory {

  /** What the first byte of each chunk is aligned to, so that it can be written directly. */
  static final int ALIGNMENT = DirectWrites.ALIGNMENT;

  private static final int SLAB_BYTES = 1 << 20;

  /** What is idle beyond this is left to the collector. */
  private static final int MOST_IDLE_BYTES = 16 << 20;

  private final List<Slab> slabs = new ArrayList<>();
  private final Map<ByteBuffer, Slab> inUse = new IdentityHashMap<>();

  /** Returns an empty buffer of exactly so many bytes; it is the caller's until given back. */
  synchronized ByteBuffer take(int bytes) {
    Slab slab = slabFor(bytes);
    ByteBuffer chunk = slab.idle.pop();
    inUse.put(chunk, slab);
    return chunk.clear();
  }

  /** Takes a buffer back; nobody may use it any more. */
  synchronized void give(ByteBuffer chunk) {
    Slab slab = inUse.remove(chunk);
    if (slab == null) {
      throw new IllegalArgumentException("chunk " + chunk + ": expected one that was taken here");
    }
    slab.idle.push(chunk);
    if (slab.isIdle() && idleBytes() > MOST_IDLE_BYTES) {
      slabs.remove(slab);
    }
  }

  /** Returns how many bytes are had, in use or idle. */
  synchronized long bytes() {
    return slabs.stream().mapToLong(slab -> slab.memory.capacity()).sum();
  }

  /** Returns how many chunks are taken and not given back. */
  synchronized int chunksInUse() {
    return inUse.size();
  }

  private long idleBytes() {
    return slabs.stream().filter(Slab::isIdle).mapToLong(slab -> slab.memory.capacity()).sum();
  }

  private Slab slabFor(int bytes) {
    for (Slab slab : slabs) {
      if (slab.chunkBytes == bytes && !slab.idle.isEmpty()) {
        return slab;
      }
    }
    for (Slab slab : slabs) {
      if (slab.isIdle() && slab.memory.capacity() >= bytes) {
        slab.divide(bytes);
        return slab;
      }
    }
    Slab more = new Slab(Math.max(SLAB_BYTES, aligned(bytes)));
    more.divide(bytes);
    slabs.add(more);
    return more;
  }

  private static int aligned(int bytes) {
    return Math.addExact(bytes, ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** A piece of memory and the chunks it is divided into. */
  private static final class Slab {
    private final ByteBuffer memory;
    private final Deque<ByteBuffer> idle = new ArrayDeque<>();
    private int chunkBytes;
    private int chunks;

    Slab(int bytes) {
      ByteBuffer more = ByteBuffer.allocateDirect(bytes + ALIGNMENT);
      int skip = ALIGNMENT - more.alignmentOffset(0, ALIGNMENT);
      memory = more.slice(skip, bytes);
    }

    boolean isIdle() {
      return idle.size() == chunks;
    }

    void divide(int bytes) {
      idle.clear();
      chunkBytes = bytes;
      chunks = memory.capacity() / aligned(bytes);
      for (int i = chunks - 1; i >= 0; i--) {
        idle.push(memory.slice(i * aligned(bytes), bytes));
      }
    }
  }
}
