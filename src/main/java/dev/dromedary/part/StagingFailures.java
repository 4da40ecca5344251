package dev.dromedary.part;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TooManyFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;

/** Turns what the file system says into a failure with its code. Thread-safe. */
final class StagingFailures {

  /**
   * What the operating systems call a full disk or quota. Their texts may be translated, hence the
   * second question, how much room there is.
   */
  private static final List<String> FULL =
      List.of("No space left", "Disk quota exceeded", "not enough space");

  private static final List<String> DENIED =
      List.of("Permission denied", "Operation not permitted", "Read-only file system");

  private static final long NO_ROOM_BYTES = 64 << 10;

  private final Storage storage;
  private final Path staging;
  private final String sourceId;

  StagingFailures(Storage storage, Path staging, String sourceId) {
    this.storage = storage;
    this.staging = staging;
    this.sourceId = sourceId;
  }

  /** Returns the failure of an action such as {@code "write"}. */
  DromedaryException of(String action, IOException cause) {
    Object why = cause instanceof DamagedFileException ? cause.getMessage() : cause;
    String message = "source " + sourceId + ": cannot " + action + " its part file: " + why;
    return new DromedaryException(code(cause), message, cause);
  }

  private FailureCode code(IOException cause) {
    if (cause instanceof DamagedFileException) {
      return FailureCode.PART_FILE_DAMAGED;
    }
    if (TooManyFiles.isSaidBy(cause)) {
      return FailureCode.NO_DESCRIPTOR;
    }
    String text = String.valueOf(cause.getMessage());
    if (FULL.stream().anyMatch(text::contains)) {
      return FailureCode.DISK_FULL;
    }
    if (cause instanceof AccessDeniedException || DENIED.stream().anyMatch(text::contains)) {
      return FailureCode.PERMISSION_DENIED;
    }
    return storage.usableBytes(staging) < NO_ROOM_BYTES
        ? FailureCode.DISK_FULL
        : FailureCode.STAGING_FAILED;
  }
}
