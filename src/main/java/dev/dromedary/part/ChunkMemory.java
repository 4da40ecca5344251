package dev.dromedary.part;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Memory outside the heap for chunks, used again and again: getting and freeing it costs more than
 * filling it, and the collector, which sees none of it, would be late. Keeps no more than was in
 * use at the same time, and at most 4 MiB. Thread-safe.
 */
public final class ChunkMemory {

  /** What the first byte of each buffer is aligned to, so that it can be written directly. */
  static final int ALIGNMENT = DirectWrites.ALIGNMENT;

  private static final int MOST_IDLE_BYTES = 4 << 20;

  private final Deque<ByteBuffer> idle = new ArrayDeque<>();
  private int idleBytes;

  /** Returns an empty buffer of exactly so many bytes; it is the caller's until given back. */
  synchronized ByteBuffer take(int bytes) {
    for (Iterator<ByteBuffer> each = idle.iterator(); each.hasNext(); ) {
      ByteBuffer one = each.next();
      if (one.capacity() == bytes) {
        each.remove();
        idleBytes -= bytes;
        return one.clear();
      }
    }
    ByteBuffer more = ByteBuffer.allocateDirect(bytes + ALIGNMENT);
    return more.slice(ALIGNMENT - more.alignmentOffset(0, ALIGNMENT), bytes);
  }

  /**
   * Takes a buffer back; nobody may use it any more. What was idle longest goes where there is too
   * much.
   */
  synchronized void give(ByteBuffer chunk) {
    idle.push(chunk);
    idleBytes += chunk.capacity();
    while (idleBytes > MOST_IDLE_BYTES) {
      idleBytes -= idle.removeLast().capacity();
    }
  }
}
