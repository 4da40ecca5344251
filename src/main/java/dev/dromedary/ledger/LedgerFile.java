package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which file the connections have open: the ledger's own, or one of its log. SQLite goes on writing
 * into one that was removed, and all of that is gone with the process. Looking costs no descriptor.
 * Thread-safe.
 */
final class LedgerFile {

  private final Path path;
  private final @Nullable Object key;

  private LedgerFile(Path path, @Nullable Object key) {
    this.path = path;
    this.key = key;
  }

  /** Returns the file that a path names now; of file systems without keys only that it is there. */
  static LedgerFile of(Path path) throws IOException {
    return new LedgerFile(path, key(path));
  }

  /** Returns the files of the log, which are there as long as a ledger is open. */
  static List<LedgerFile> log(Path ledger) throws IOException {
    return List.of(
        of(ledger.resolveSibling(ledger.getFileName() + "-wal")),
        of(ledger.resolveSibling(ledger.getFileName() + "-shm")));
  }

  /** Says whether its path still names it. */
  boolean isInPlace() {
    return whyLost().isEmpty();
  }

  /** Returns what became of it; empty while it is in its place. */
  Optional<String> whyLost() {
    try {
      return Objects.equals(key, key(path))
          ? Optional.empty()
          : Optional.of("another file was put in its place while it is in use: " + remedy());
    } catch (NoSuchFileException gone) {
      return Optional.of("was removed while it is in use: " + remedy());
    } catch (IOException e) {
      return Optional.of("cannot be found any more (" + e + "): " + remedy());
    }
  }

  private static String remedy() {
    return "put it back as it was, or restart, which goes on with what is there then;"
        + " until then nothing lands";
  }

  /**
   * @throws DromedaryException with {@code LEDGER} when what is written would be lost
   */
  void requireInPlace() {
    whyLost()
        .ifPresent(
            why -> {
              throw new DromedaryException(FailureCode.LEDGER, "ledger " + path + " " + why);
            });
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
