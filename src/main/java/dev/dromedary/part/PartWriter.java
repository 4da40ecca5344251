package dev.dromedary.part;

import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes one part: from its start on, one byte after another.
 *
 * <p>For one thread, whose next bytes may arrive while the last are written; {@link #position()}
 * may be asked by any.
 */
public final class PartWriter implements AutoCloseable {

  private final PartFile file;
  private final int slot;
  private final long start;
  private volatile long position;
  private @Nullable Future<?> begun;
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
    settle();
    int length = bytes.remaining();
    if (length > 0) {
      file.write(this, bytes);
      wrote(length);
      file.awaitRoomForUnsynced();
    }
  }

  /**
   * Begins to write what remains in the buffer on another thread, after what was begun before.
   *
   * @param bytes the file's from now on, until {@code done} is run
   * @param done run once, by any thread; not when this throws
   * @throws dev.dromedary.transfer.DromedaryException when what was begun before could not be
   *     written
   */
  public void begin(ByteBuffer bytes, Runnable done) {
    requireOpen();
    settle();
    begun = file.begin(this, bytes, done);
  }

  /**
   * Waits until what was begun is written; an interrupt stays pending.
   *
   * @throws dev.dromedary.transfer.DromedaryException when it could not be; told once
   */
  public void settle() {
    Future<?> running = begun;
    begun = null;
    if (running == null) {
      return;
    }
    boolean isInterrupted = false;
    try {
      while (true) {
        try {
          running.get();
          return;
        } catch (InterruptedException e) {
          isInterrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException known) {
            throw known;
          }
          throw new IllegalStateException("part from " + start + ": not written", e.getCause());
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
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
      try {
        settle();
      } finally {
        file.release(this);
      }
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
