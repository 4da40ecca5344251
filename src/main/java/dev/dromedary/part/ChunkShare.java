package dev.dromedary.part;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares memory among the bodies that are copied at the same time: up to eight have a whole chunk
 * each, more have at most an even part of eight chunks, so that a hundred cost little more (promise
 * I4). Where there is too little memory for that and what digests hold, each has an even part of
 * what there is.
 *
 * <p>Thread-safe.
 */
public final class ChunkShare {

  private static final long WHOLE_CHUNKS = 8;

  /** What a digest has of the chunks of its file at once. */
  private static final long FOLLOWED_CHUNKS = 2;

  /** What the JDK keeps for the thread that begins a journal, and for the one that digests. */
  private static final long BESIDE_BYTES = (96 + 128) * 1024;

  private final ChunkMemory memory;
  private final AtomicInteger open = new AtomicInteger();

  /** Shares the memory that all the copies take their chunks from. */
  public ChunkShare(ChunkMemory memory) {
    this.memory = memory;
  }

  /**
   * Returns what whole chunks take at most, with the digests of so many files that arrive at once.
   *
   * @param wholeBytes a whole chunk, more than 0
   * @param files 1 or more
   */
  public static long wantedBytes(int wholeBytes, int files) {
    return wholeBytes * (WHOLE_CHUNKS + FOLLOWED_CHUNKS * Math.min(WHOLE_CHUNKS, files));
  }

  /** Returns what so many files with digests need that arrive at once, in the smallest chunks. */
  public static long leastBytes(int wholeBytes, int files) {
    return (Math.min(wholeBytes, ChunkMemory.SMALLEST_BYTES) + BESIDE_BYTES) * files;
  }

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
    int copies = Math.max(1, open.get());
    long even = Math.min(WHOLE_CHUNKS * wholeBytes / copies, memory.evenBytes(copies));
    int bytes = wholeBytes;
    while (bytes > even && bytes / 2 >= ChunkMemory.SMALLEST_BYTES) {
      bytes /= 2;
    }
    return bytes;
  }

  /** Ends a copy. */
  public void end() {
    open.decrementAndGet();
  }
}
