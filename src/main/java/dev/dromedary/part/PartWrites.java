package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes of a part file: small chunks on the thread that brings them, large ones on one
 * of its own, whose bytes then go on to whoever follows the file. Thread-safe.
 */
final class PartWrites {

  private final PartDisk disk;
  private final PartState state;
  private final PartSyncs syncs;
  private final StagingFailures failures;
  private final LongSupplier nanoClock;
  private final ExecutorService lane;
  private volatile @Nullable PartFollower follower;

  PartWrites(
      PartDisk disk,
      PartState state,
      PartSyncs syncs,
      StagingFailures failures,
      LongSupplier nanoClock,
      ThreadFactory threads) {
    this.disk = disk;
    this.state = state;
    this.syncs = syncs;
    this.failures = failures;
    this.nanoClock = nanoClock;
    this.lane = lane(threads);
  }

  /** Lets what is written be followed from memory; null lets it no longer. */
  void follow(@Nullable PartFollower next) {
    follower = next;
  }

  /** Writes at once. */
  void write(PartWriter writer, ByteBuffer bytes) {
    write(writer, bytes, follower != null);
  }

  /**
   * Begins to write beside the caller; {@code done} is run when the buffer is free again. Writes at
   * once where there is no thread to write beside it.
   */
  Future<?> begin(PartWriter writer, ByteBuffer bytes, Runnable done) {
    FutureTask<?> task = new FutureTask<>(() -> writeAndHandOver(writer, bytes, done), null);
    try {
      lane.execute(task);
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      task.run();
    }
    return task;
  }

  /** Writes what was begun, and ends its thread. */
  void end() {
    lane.shutdown();
  }

  /** What the follower does not take from memory, it will read: that is better kept in it. */
  private void writeAndHandOver(PartWriter writer, ByteBuffer bytes, Runnable done) {
    PartFollower follows = follower;
    ByteBuffer written = bytes.duplicate();
    boolean isExpected = follows != null && follows.expects(writer.position());
    boolean isTaken = false;
    try {
      write(writer, bytes, follows != null && !isExpected);
      writer.wrote(written.remaining());
      if (follows != null && isExpected) {
        isTaken = true;
        follows.take(written, done);
      }
    } finally {
      if (follows != null && isExpected && !isTaken) {
        follows.withdraw();
      }
      if (!isTaken) {
        done.run();
      }
    }
    state.awaitRoomForUnsynced();
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
  }

  /** Where somebody damaged the file, no byte of it is to be believed. */
  private DromedaryException failed(IOException cause) {
    DromedaryException reason = failures.of("write", cause);
    if (reason.code() == FailureCode.PART_FILE_DAMAGED) {
      state.fail(reason);
    }
    return reason;
  }

  /** A file has one that writes: two would only wait for each other in the kernel. */
  private static ExecutorService lane(ThreadFactory threads) {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  /** Makes the thread that writes. */
  static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "part-write");
    thread.setDaemon(true);
    return thread;
  }
}
