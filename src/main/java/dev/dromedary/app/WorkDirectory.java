package dev.dromedary.app;

import dev.dromedary.part.LastingDirectory;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of ledger and part files, held by one process at a time. The lock is the kernel's:
 * it ends with the process, however that ends. The lock's file names the process.
 */
final class WorkDirectory implements AutoCloseable {

  private static final String LOCK = "dromedary.lock";
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;

  private WorkDirectory(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the directory when it is missing and takes it.
   *
   * @throws DromedaryException {@code WORK_DIRECTORY_BUSY} when another process has it, {@code
   *     PERMISSION_DENIED} when this user may not write it, {@code STAGING_FAILED} when it cannot
   *     be made
   */
  static WorkDirectory take(Path directory) {
    try {
      LastingDirectory.make(staging(directory));
      FileChannel channel =
          FileChannel.open(
              directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel, 0, Long.MAX_VALUE);
      if (lock == null) {
        channel.close();
        throw new DromedaryException(
            FailureCode.WORK_DIRECTORY_BUSY,
            "work directory "
                + directory
                + ": another instance of Dromedary"
                + owner(directory).map(process -> ", process " + process.pid() + ",").orElse("")
                + " is using it");
      }
      write(channel, ProcessHandle.current().pid() + "\n");
      return new WorkDirectory(directory, channel, lock);
    } catch (IOException e) {
      throw DirectoryFailure.of(
          FailureCode.STAGING_FAILED,
          "work directory " + directory + ": expected to read and write it",
          e);
    }
  }

  /** Says who has it: for whoever finds it taken, and to find a running service. */
  private static void write(FileChannel channel, String owner) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /**
   * Returns the process that had the directory last and may have it still: it runs, and ran already
   * when it took it.
   */
  static Optional<ProcessHandle> owner(Path directory) {
    Path file = directory.resolve(LOCK);
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      Instant taken = Files.getLastModifiedTime(file).toInstant();
      return text.matches("[1-9]\\d{0,17}")
          ? ProcessHandle.of(Long.parseLong(text)).filter(process -> ranAt(process, taken))
          : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static boolean ranAt(ProcessHandle process, Instant taken) {
    return process
        .info()
        .startInstant()
        .map(started -> started.isBefore(taken.plus(CLOCK_TOLERANCE)))
        .orElse(true);
  }

  /** Locks bytes of a file for this process; null when somebody has one of them, we included. */
  static @Nullable FileLock tryLock(FileChannel channel, long position, long bytes)
      throws IOException {
    try {
      return channel.tryLock(position, bytes, false);
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  Path staging() {
    return staging(directory);
  }

  /** Returns where the part files of a work directory are. */
  static Path staging(Path directory) {
    return directory.resolve("staging");
  }

  Path ledger() {
    return ledger(directory);
  }

  /** Returns where the ledger of a work directory is. */
  static Path ledger(Path directory) {
    return directory.resolve("ledger.db");
  }

  @Override
  public void close() {
    try (channel) {
      write(channel, "");
      lock.release();
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.PERMISSION_DENIED, "work directory " + directory + ": cannot unlock", e);
    }
  }
}
