package dev.dromedary.part;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Copies bodies of responses to part files, a chunk at a time.
 *
 * <p>One array of a chunk is all it needs, whatever the size of the file. It is filled by reads as
 * large as the body gives, written in one go, and exchanged for one of another size when so much is
 * no longer, or again, to be had. Not thread-safe: one per thread, for any number of bodies one
 * after another.
 */
public final class BodyCopy {

  private static final long SLOW_CHUNK_MILLIS = 1000;

  private final Clock clock;
  private final IntSupplier chunkBytes;
  private byte[] chunk;

  /** Creates a copier with a whole chunk. */
  public BodyCopy(PartSettings settings, Clock clock) {
    this(settings::chunkSizeBytes, clock);
  }

  /**
   * Creates a copier whose chunk follows a wish.
   *
   * @param chunkBytes how large a chunk may be, 1 or more; asked before each chunk, and followed
   *     when it is half of what was last followed, or double
   */
  public BodyCopy(IntSupplier chunkBytes, Clock clock) {
    this.clock = clock;
    this.chunkBytes = chunkBytes;
    this.chunk = new byte[chunkBytes.getAsInt()];
  }

  /**
   * Copies until the body ends or {@code end} is reached, and never reads past it. A chunk that
   * takes longer than a second to fill is written as it is. The body is not closed.
   *
   * @param end offset in the file after the last byte wanted; asked before every read, may shrink;
   *     {@code Long.MAX_VALUE} when unknown
   * @return the bytes written
   * @throws IOException when reading the body failed; what came before is written
   * @throws dev.dromedary.transfer.DromedaryException when writing failed, or from the guard, in
   *     which case what came before is written
   */
  public long copy(InputStream body, PartWriter to, LongSupplier end, CopyGuard guard)
      throws IOException {
    long from = to.position();
    Fill fill = new Fill(to, end);
    try {
      fill.all(body, guard);
    } catch (IOException | RuntimeException | Error e) {
      fill.writeBefore(e);
      throw e;
    }
    fill.write();
    return to.position() - from;
  }

  private final class Fill {
    private final PartWriter to;
    private final LongSupplier end;
    private int filled;

    private Fill(PartWriter to, LongSupplier end) {
      this.to = to;
      this.end = end;
    }

    private void all(InputStream body, CopyGuard guard) throws IOException {
      long begun = clock.millis();
      for (int room = room(); room > 0; room = room()) {
        int read = body.read(chunk, filled, Math.min(room, guard.mostBytes()));
        if (read < 0) {
          return;
        }
        filled += read;
        guard.received(read);
        long now = clock.millis();
        if (filled == chunk.length || now - begun >= SLOW_CHUNK_MILLIS) {
          write();
          resize();
          begun = now;
        }
      }
    }

    private int room() {
      long left = end.getAsLong() - to.position() - filled;
      return (int) Math.min(chunk.length - filled, left);
    }

    private void write() {
      long wanted = Math.min(filled, end.getAsLong() - to.position());
      filled = 0;
      if (wanted > 0) {
        to.write(ByteBuffer.wrap(chunk, 0, (int) wanted));
      }
    }

    /** Only between two chunks: what is in one would have to be copied. */
    private void resize() {
      int wanted = chunkBytes.getAsInt();
      if (wanted <= chunk.length / 2 || wanted / 2 >= chunk.length) {
        chunk = new byte[wanted];
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
