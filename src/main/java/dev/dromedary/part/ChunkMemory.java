package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for chunks, used again and again: getting and freeing it costs more than
 * filling it, and the collector, which sees none of it, would be late.
 *
 * <p>It is had in slabs, each divided into chunks of one size and, when none of them is in use,
 * into chunks of another: what all sizes together take is what was in use at once, not the sum of
 * it.
 *
 * <p>It is promised before it is taken: up to three quarters of what there is, since journals,
 * digests and sockets need some too. Where as much as is wanted is not to be had, a smaller chunk
 * is given. Thread-safe.
 */
public final class ChunkMemory {

  /** What the first byte of each chunk is aligned to, so that it can be written directly. */
  static final int ALIGNMENT = DirectWrites.ALIGNMENT;

  /** Smaller ones would cost more calls than they spare memory. */
  static final int SMALLEST_BYTES = 64 * 1024;

  private static final int SLAB_BYTES = 1 << 20;

  /** What is idle beyond this is left to the collector. */
  private static final int MOST_IDLE_BYTES = 16 << 20;

  private final LongSupplier thereIs;
  private final List<Slab> slabs = new ArrayList<>();
  private final Map<ByteBuffer, Slab> inUse = new IdentityHashMap<>();
  private volatile int chunksInUse;

  /** What slabs take, those included that are about to be had. */
  private volatile long hadBytes;

  /** What they may take; not known before so much is wanted that it matters. */
  private volatile long mostBytes = Long.MAX_VALUE;

  /** Creates memory out of what the JVM grants. */
  public ChunkMemory() {
    this(DirectMemory::mostBytes);
  }

  /** Creates memory out of so many bytes as there are, which others use too. */
  ChunkMemory(LongSupplier thereIs) {
    this.thereIs = thereIs;
  }

  /** Returns how many of so many bytes are for chunks. */
  public static long ofAll(long bytes) {
    return bytes / 4 * 3;
  }

  /** Returns of how many bytes so many are for chunks. */
  public static long allFor(long chunkBytes) {
    return (chunkBytes + 2) / 3 * 4;
  }

  /**
   * Returns an empty buffer of so many bytes, or of half as many, and so on down to 64 KiB, where
   * there is no more; it is the caller's until given back.
   *
   * @throws DromedaryException {@link FailureCode#NO_MEMORY} when there is nothing at all
   */
  ByteBuffer take(int bytes) {
    ByteBuffer chunk = tryTake(bytes);
    return chunk == null ? takeLast(bytes) : chunk;
  }

  /** Returns a buffer as {@link #take}; null where the memory for chunks is used up. */
  @Nullable ByteBuffer tryTake(int bytes) {
    for (int size = bytes; ; size /= 2) {
      ByteBuffer chunk = takeIdle(size);
      if (chunk == null && isPromised(slabBytes(size))) {
        chunk = takeNew(size, slabBytes(size));
      }
      if (chunk != null || size / 2 < SMALLEST_BYTES) {
        return chunk;
      }
    }
  }

  /** Takes a buffer back; nobody may use it any more. */
  synchronized void give(ByteBuffer chunk) {
    Slab slab = inUse.remove(chunk);
    if (slab == null) {
      throw new IllegalArgumentException("chunk " + chunk + ": expected one that was taken here");
    }
    chunksInUse = inUse.size();
    slab.idle.push(chunk);
    if (slab.isIdle() && idleBytes() > MOST_IDLE_BYTES) {
      slabs.remove(slab);
      hadBytes -= slab.memory.capacity();
    }
    if (inUse.isEmpty()) {
      mostBytes = Long.MAX_VALUE;
    }
  }

  /** Returns how many bytes are had, in use or idle. */
  long bytes() {
    return hadBytes;
  }

  /** Returns how many chunks are taken and not given back. */
  int chunksInUse() {
    return chunksInUse;
  }

  /** Returns how large each can be where so many want one beside those that digests hold. */
  long evenBytes(int copies) {
    return mostBytes / Math.max(1, Math.max(copies, chunksInUse));
  }

  private long idleBytes() {
    return slabs.stream().filter(Slab::isIdle).mapToLong(slab -> slab.memory.capacity()).sum();
  }

  private synchronized @Nullable ByteBuffer takeIdle(int bytes) {
    for (Slab slab : slabs) {
      if (slab.chunkBytes == bytes && !slab.idle.isEmpty()) {
        return take(slab);
      }
    }
    for (Slab slab : slabs) {
      if (slab.isIdle() && slab.memory.capacity() >= bytes) {
        slab.divide(bytes);
        return take(slab);
      }
    }
    return null;
  }

  private ByteBuffer take(Slab slab) {
    ByteBuffer chunk = slab.idle.pop();
    inUse.put(chunk, slab);
    chunksInUse = inUse.size();
    return chunk.clear();
  }

  private boolean isPromised(int slabBytes) {
    boolean isSure = DirectMemory.surelyGrants(hadBytes + slabBytes);
    long most = isSure ? Long.MAX_VALUE : ofAll(thereIs.getAsLong());
    synchronized (this) {
      mostBytes = Math.min(mostBytes, most);
      boolean isThere = hadBytes + slabBytes <= mostBytes;
      hadBytes += isThere ? slabBytes : 0;
      return isThere;
    }
  }

  /** Beside the lock: where others took more than their quarter, the JVM waits for some. */
  private @Nullable ByteBuffer takeNew(int bytes, int slabBytes) {
    Slab more;
    try {
      more = new Slab(slabBytes);
    } catch (OutOfMemoryError e) {
      synchronized (this) {
        hadBytes -= slabBytes;
        mostBytes = Math.min(mostBytes, hadBytes);
      }
      return null;
    }
    synchronized (this) {
      more.divide(bytes);
      slabs.add(more);
      return take(more);
    }
  }

  /** One of any size, or a small one of the memory that is for others. */
  private ByteBuffer takeLast(int bytes) {
    int least = Math.min(bytes, SMALLEST_BYTES);
    synchronized (this) {
      for (Slab slab : slabs) {
        if (!slab.idle.isEmpty()) {
          return take(slab);
        }
      }
      hadBytes += aligned(least);
    }
    ByteBuffer chunk = takeNew(least, aligned(least));
    if (chunk == null) {
      throw new DromedaryException(
          FailureCode.NO_MEMORY,
          "no memory outside the heap for a chunk of "
              + least
              + " bytes; chunks have "
              + hadBytes
              + " of "
              + thereIs.getAsLong());
    }
    return chunk;
  }

  private static int slabBytes(int bytes) {
    return Math.max(SLAB_BYTES, aligned(bytes));
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
