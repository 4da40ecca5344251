package dev.dromedary.app;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * That this process alone fetches a file of a name into a directory, whatever its work directory
 * there is (ADR 0009). The lock is the kernel's, on one byte of a file for all names.
 */
final class TargetClaim implements AutoCloseable {

  /** The name of its file in the shared work directory. */
  static final String FILE = "gets.lock";

  private final FileChannel channel;

  private TargetClaim(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a name.
   *
   * @throws DromedaryException {@code WORK_DIRECTORY_BUSY} when another process has it, {@code
   *     PERMISSION_DENIED} or {@code STAGING_FAILED} when the work directory cannot be written
   */
  static TargetClaim take(GetWork work) {
    Path file = work.shared().resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      long position = work.hash() & Long.MAX_VALUE >>> 1;
      if (WorkDirectory.tryLock(channel, position, 1) == null) {
        channel.close();
        throw new DromedaryException(
            FailureCode.WORK_DIRECTORY_BUSY,
            "work directory "
                + work.shared()
                + ": another get is fetching '"
                + work.target()
                + "' there");
      }
      return new TargetClaim(channel);
    } catch (IOException e) {
      throw DirectoryFailure.of(
          FailureCode.STAGING_FAILED, "file " + file + ": expected to read and write it", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new DromedaryException(
          FailureCode.PERMISSION_DENIED, "file " + FILE + ": cannot unlock", e);
    }
  }
}
