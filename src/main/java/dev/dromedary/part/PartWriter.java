package dev.dromedary.part;

import java.nio.ByteBuffer;

/**
 * Writes one part: from its start on, one byte after another.
 *
 * <p>For one thread; {@link #position()} may be asked by any.
 */
public final class PartWriter implements AutoCloseable {

  private final PartFile file;
  private final int slot;
  private final long start;
  private volatile long position;
  private boolean isClosed;

  PartWriter(PartFile file, int slot, long start) {
    this.file = file;
    this.slot = slot;
    this.start = start;
    this.position = start;
  }

  /**
   * Writes what remains in the buffer and then notes in the journal that it is there.
   *
   * @throws dev.dromedary.transfer.DromedaryException when it could not be written or an earlier
   *     sync failed; the position is then unchanged
   * @throws IllegalStateException after close of this or of its part file
   */
  public void write(ByteBuffer bytes) {
    requireOpen();
    if (bytes.hasRemaining()) {
      file.write(this, bytes);
    }
  }

  /**
   * Writes a large chunk as {@link #write(ByteBuffer)} does, when no other connection writes one,
   * and lets whoever follows the file have it from memory; waits while that one has enough.
   *
   * @param bytes one or more; the file's until {@code done} is run
   * @param done run once, by any thread; not when this throws
   */
  public void writeAndHandOver(ByteBuffer bytes, Runnable done) {
    requireOpen();
    file.writeAndHandOver(this, bytes, done);
  }

  /** Returns the offset in the file after the last written byte. */
  public long position() {
    return position;
  }

  /** Ends the part; what was written stays. */
  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      file.release(this);
    }
  }

  void wrote(int bytes) {
    position += bytes;
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("part from " + start + ": its writer is closed");
    }
  }

  int slot() {
    return slot;
  }

  long start() {
    return start;
  }
}
