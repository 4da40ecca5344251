package dev.dromedary.part;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares memory among the bodies that are copied at the same time: up to eight have a whole chunk
 * each, more have at most an even part of eight chunks, so that a hundred cost little more (promise
 * I4).
 *
 * <p>Thread-safe.
 */
public final class ChunkShare {

  private static final long WHOLE_CHUNKS = 8;

  /** Smaller ones would cost more calls than they spare memory. */
  private static final long SMALLEST_BYTES = 64 * 1024;

  private final AtomicInteger open = new AtomicInteger();

  /** Begins a copy, to be {@linkplain #end ended}. */
  public void begin() {
    open.incrementAndGet();
  }

  /**
   * Returns how much each copy may read and write at a time now; to be asked again for each chunk,
   * so that those who came first give room to the others, and have it back when these have ended.
   *
   * @param wholeBytes a whole chunk, more than 0
   * @return {@code wholeBytes}, halved as often as is needed, but not below 64 KiB: few sizes, so
   *     that {@link ChunkMemory} has them all
   */
  public int bytes(int wholeBytes) {
    long even = WHOLE_CHUNKS * wholeBytes / Math.max(1, open.get());
    int bytes = wholeBytes;
    while (bytes > even && bytes / 2 >= SMALLEST_BYTES) {
      bytes /= 2;
    }
    return bytes;
  }

  /** Ends a copy. */
  public void end() {
    open.decrementAndGet();
  }
}
