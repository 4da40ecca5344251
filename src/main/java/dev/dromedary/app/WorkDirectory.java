package dev.dromedary.app;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of ledger and part files, held by one process at a time. The lock is the kernel's:
 * it ends with the process, however that ends.
 */
final class WorkDirectory implements AutoCloseable {

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
   *     PERMISSION_DENIED} when it cannot be written
   */
  static WorkDirectory take(Path directory) {
    try {
      Files.createDirectories(directory.resolve("staging"));
      FileChannel channel =
          FileChannel.open(
              directory.resolve("dromedary.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new DromedaryException(
            FailureCode.WORK_DIRECTORY_BUSY,
            "work directory " + directory + ": another instance of Dromedary is using it");
      }
      return new WorkDirectory(directory, channel, lock);
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.PERMISSION_DENIED,
          "work directory " + directory + ": expected to read and write it, " + e,
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  Path staging() {
    return directory.resolve("staging");
  }

  Path ledger() {
    return directory.resolve("ledger.db");
  }

  @Override
  public void close() {
    try (channel) {
      lock.release();
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.PERMISSION_DENIED, "work directory " + directory + ": cannot unlock", e);
    }
  }
}
