package dev.dromedary.failure;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TooManyFiles;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the operating system says in words only: the JDK has no type of its own for these. */
final class SystemMessage {

  private static final List<Map.Entry<String, FailureCode>> WORDS =
      List.of(
          Map.entry("no space left on device", FailureCode.DISK_FULL),
          Map.entry("disk quota exceeded", FailureCode.DISK_FULL),
          Map.entry("not enough space on the disk", FailureCode.DISK_FULL),
          Map.entry("read-only file system", FailureCode.PERMISSION_DENIED),
          Map.entry("operation not permitted", FailureCode.PERMISSION_DENIED),
          Map.entry("input/output error", FailureCode.STAGING_FAILED),
          Map.entry("file too large", FailureCode.STAGING_FAILED),
          Map.entry("stale file handle", FailureCode.STAGING_FAILED),
          Map.entry("closed by interrupt", FailureCode.STOPPING));

  private SystemMessage() {}

  /** Says whether it is an error only since the JDK has no exception for a thread too many. */
  static boolean isNoThread(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        && String.valueOf(thrown.getMessage()).contains("native thread");
  }

  /**
   * Looks only at what the JDK throws for the operating system: the message of any other exception
   * may quote the server.
   */
  static Optional<FailureCode> code(Throwable thrown) {
    if (TooManyFiles.isSaidBy(thrown)) {
      return Optional.of(FailureCode.NO_DESCRIPTOR);
    }
    String text =
        thrown instanceof FileSystemException file ? file.getReason() : thrown.getMessage();
    boolean isOfFile =
        thrown.getClass() == IOException.class || thrown instanceof FileSystemException;
    if (text == null || !(isOfFile || thrown.getClass() == SocketException.class)) {
      return Optional.empty();
    }
    String message = text.toLowerCase(Locale.ROOT);
    return WORDS.stream()
        .filter(entry -> message.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(code -> isOfFile || code == FailureCode.STOPPING)
        .findFirst();
  }
}
