package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes of a part file on the threads that bring them: small chunks whenever they come,
 * large ones one at a time, whose bytes then go on to whoever follows the file. Thread-safe.
 */
final class PartWrites {

  private final PartDisk disk;
  private final PartState state;
  private final PartSyncs syncs;
  private final StagingFailures failures;
  private final LongSupplier nanoClock;

  /** Two that write a growing file at once would only wait for each other in the kernel. */
  private final ReentrantLock large = new ReentrantLock();

  private volatile @Nullable PartFollower follower;

  PartWrites(
      PartDisk disk,
      PartState state,
      PartSyncs syncs,
      StagingFailures failures,
      LongSupplier nanoClock) {
    this.disk = disk;
    this.state = state;
    this.syncs = syncs;
    this.failures = failures;
    this.nanoClock = nanoClock;
  }

  /** Lets what is written be followed from memory; null lets it no longer. */
  void follow(@Nullable PartFollower next) {
    follower = next;
  }

  /** Writes a small chunk: whoever follows has to read it. */
  void write(PartWriter writer, ByteBuffer bytes) {
    write(writer, bytes, follower != null);
  }

  /**
   * Writes a large chunk and hands its memory over to whoever follows; what the follower does not
   * take from memory, it will read: that is better kept in the page cache.
   *
   * @param done run once when the buffer is free again; not when this throws
   */
  void writeAndHandOver(PartWriter writer, ByteBuffer bytes, Runnable done) {
    large.lock();
    try {
      PartFollower follows = follower;
      boolean isNothingMissing = state.frontier() >= writer.position();
      if (follows != null && isNothingMissing && follows.expects(writer.position())) {
        follows.take(writeExpected(writer, bytes, follows), done);
      } else {
        write(writer, bytes, follows != null);
        done.run();
      }
    } finally {
      large.unlock();
    }
  }

  /** Returns what was written, for the follower, which must not be left expecting it. */
  private ByteBuffer writeExpected(PartWriter writer, ByteBuffer bytes, PartFollower follows) {
    boolean isWritten = false;
    try {
      ByteBuffer written = bytes.duplicate();
      write(writer, bytes, false);
      isWritten = true;
      return written;
    } finally {
      if (!isWritten) {
        follows.withdraw();
      }
    }
  }

  private void write(PartWriter writer, ByteBuffer bytes, boolean isReadAgain) {
    state.requireUsable();
    int length = bytes.remaining();
    long end = writer.position() + length;
    try {
      disk.write(writer, bytes, isReadAgain);
    } catch (IOException e) {
      state.requireUsable();
      throw failed(e);
    }
    if (state.wrote(writer, end, length, nanoClock.getAsLong())) {
      syncs.begin();
    }
    writer.wrote(length);
  }

  /** Where somebody damaged the file, no byte of it is to be believed. */
  private DromedaryException failed(IOException cause) {
    DromedaryException reason = failures.of("write", cause);
    if (reason.code() == FailureCode.PART_FILE_DAMAGED) {
      state.fail(reason);
    }
    return reason;
  }
}
