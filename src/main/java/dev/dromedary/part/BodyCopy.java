package dev.dromedary.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Copies bodies of responses to part files, a chunk at a time.
 *
 * <p>One chunk of memory is all it needs, whatever the size of the file, filled by reads as large
 * as the body gives and then written: what comes meanwhile waits in the socket. It begins small and
 * grows while it is filled fast, and is exchanged for one of another size when so much is no
 * longer, or again, to be had. Where memory is scarce it is smaller. A body that is a channel is
 * read without a copy. Not thread-safe: one per thread, for any number of bodies one after another.
 */
public final class BodyCopy {

  private static final long SLOW_CHUNK_NANOS = 1_000_000_000L;

  private static final long FAST_CHUNK_NANOS = 10_000_000L;

  /** What a body begins with, if a chunk is not smaller. */
  private static final int FIRST_CHUNK_BYTES = 64 * 1024;

  /** A chunk of this size is worth a hand-over to whoever follows the file. */
  private static final int LEAST_HANDED_BYTES = 256 * 1024;

  /** The chunk of one who has none. */
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /** What is read at once of a body that is no channel. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final LongSupplier nanoClock;
  private final IntSupplier chunkBytes;
  private final ChunkMemory memory;

  /**
   * Creates a copier with a whole chunk; {@code nanoClock} counts like {@link System#nanoTime()}.
   */
  public BodyCopy(PartSettings settings, LongSupplier nanoClock) {
    this(settings::chunkSizeBytes, new ChunkMemory(), nanoClock);
  }

  /**
   * Creates a copier whose chunk follows a wish.
   *
   * @param chunkBytes how large a chunk may be, 1 or more; asked before each chunk, and followed
   *     when it is half of what was last followed, or double
   * @param memory where chunks outside the heap come from
   * @param nanoClock counts like {@link System#nanoTime()}
   */
  public BodyCopy(IntSupplier chunkBytes, ChunkMemory memory, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.chunkBytes = chunkBytes;
    this.memory = memory;
  }

  /**
   * Copies until the body ends or {@code end} is reached, and never reads past it. A chunk that
   * takes longer than a second to fill is written as it is. The body is not closed.
   *
   * @param body read as a channel where it is one
   * @param end offset in the file after the last byte wanted; asked before every read, may shrink;
   *     {@code Long.MAX_VALUE} when unknown
   * @return the bytes written
   * @throws IOException when reading the body failed; what came before is written
   * @throws dev.dromedary.transfer.DromedaryException when writing failed, or from the guard, in
   *     which case what came before is written; NO_MEMORY when there is none for a chunk
   */
  public long copy(InputStream body, PartWriter to, LongSupplier end, CopyGuard guard)
      throws IOException {
    long from = to.position();
    Fill fill = new Fill(body, to, end);
    try {
      fill.all(guard);
    } catch (IOException | RuntimeException | Error e) {
      fill.writeBefore(e);
      throw e;
    } finally {
      fill.free();
    }
    return to.position() - from;
  }

  private final class Fill {
    private final InputStream body;
    private final PartWriter to;
    private final LongSupplier end;
    private final byte[] piece;

    /** Where the first byte of the chunk belongs, in the file and in the memory of the chunk. */
    private long at;

    private int begin;
    private ByteBuffer chunk;
    private int grown = FIRST_CHUNK_BYTES;

    private Fill(InputStream body, PartWriter to, LongSupplier end) {
      this.body = body;
      this.to = to;
      this.end = end;
      this.piece = new byte[body instanceof ReadableByteChannel ? 0 : PIECE_BYTES];
      this.at = to.position();
      this.chunk = memory.take(chunkSize());
      align();
    }

    private int chunkSize() {
      int bytes = Math.min(chunkBytes.getAsInt(), grown);
      return bytes < ChunkMemory.ALIGNMENT ? bytes : bytes & -ChunkMemory.ALIGNMENT;
    }

    /** A slow body gains nothing from more memory, a fast one is spared calls. */
    private void grow(long filledNanos) {
      if (filledNanos < FAST_CHUNK_NANOS && chunk.capacity() == grown) {
        grown *= 2;
      }
    }

    /**
     * Empties the chunk; each byte shall lie in it as in the file, so that it can pass as it is.
     */
    private void align() {
      boolean isAligned = chunk != NONE && chunk.capacity() % ChunkMemory.ALIGNMENT == 0;
      begin = isAligned ? (int) (at % ChunkMemory.ALIGNMENT) : 0;
      chunk.clear().position(begin);
    }

    private void free() {
      if (chunk != NONE) {
        memory.give(chunk);
      }
    }

    /** Reads as much as remains in the chunk, or less; -1 at the end of the body. */
    private int read() throws IOException {
      if (body instanceof ReadableByteChannel channel) {
        return channel.read(chunk);
      }
      int read = body.read(piece, 0, Math.min(piece.length, chunk.remaining()));
      chunk.put(piece, 0, Math.max(0, read));
      return read;
    }

    private void all(CopyGuard guard) throws IOException {
      long begun = nanoClock.getAsLong();
      for (int room = room(); room > 0; room = room()) {
        chunk.limit(chunk.position() + Math.min(room, guard.mostBytes()));
        int read = read();
        chunk.limit(chunk.capacity());
        if (read < 0) {
          break;
        }
        guard.received(read);
        long now = nanoClock.getAsLong();
        if (!chunk.hasRemaining() || now - begun >= SLOW_CHUNK_NANOS) {
          grow(now - begun);
          write();
          begun = now;
        }
      }
      write();
    }

    private int room() {
      long left = end.getAsLong() - at - (chunk.position() - begin);
      return (int) Math.min(chunk.remaining(), left);
    }

    private void write() {
      long wanted = Math.min(chunk.position() - begin, end.getAsLong() - at);
      chunk.flip().position(begin);
      if (wanted >= LEAST_HANDED_BYTES) {
        writeAndHandOver(chunk.limit(begin + (int) wanted));
      } else if (wanted > 0) {
        to.write(chunk.limit(begin + (int) wanted));
        at += wanted;
        align();
        resize();
      }
      align();
    }

    /** Between the full chunk, which is another's, and the next it has none. */
    private void writeAndHandOver(ByteBuffer full) {
      int length = full.remaining();
      to.writeAndHandOver(full, () -> memory.give(full));
      at += length;
      begin = 0;
      chunk = NONE;
      chunk = memory.take(chunkSize());
    }

    /** Only between two chunks, empty: what is in one would have to be copied. */
    private void resize() {
      int wanted = chunkSize();
      if (wanted <= chunk.capacity() / 2 || wanted / 2 >= chunk.capacity()) {
        ByteBuffer next = memory.tryTake(wanted);
        if (next != null) {
          free();
          chunk = next;
        }
      }
    }

    private void writeBefore(Throwable failure) {
      try {
        write();
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
