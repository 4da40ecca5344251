package dev.dromedary.part;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file a path named when it was opened: an open file keeps its bytes when another takes its
 * name, and what is opened or renamed by its name later is then that other. Thread-safe.
 */
final class FileIdentity {

  private final Path path;
  private final @Nullable Object key;

  private FileIdentity(Path path, @Nullable Object key) {
    this.path = path;
    this.key = key;
  }

  /** Returns the identity of the file that a path names now. */
  static FileIdentity of(Path path) throws IOException {
    return new FileIdentity(path, key(path));
  }

  /**
   * Makes sure that the path still names the same file; of file systems without keys that is taken
   * for granted.
   *
   * @throws DamagedFileException when it names another, or none
   */
  void requireInPlace() throws IOException {
    try {
      if (!Objects.equals(key, key(path))) {
        throw new DamagedFileException(path.getFileName() + ": another file has taken its name");
      }
    } catch (NoSuchFileException absent) {
      throw DamagedFileException.gone(path);
    }
  }

  /** Opens the same file again by its name. */
  FileChannel reopen(SteadyChannel.Opening opening) throws IOException {
    FileChannel channel;
    try {
      channel = opening.open();
    } catch (NoSuchFileException absent) {
      throw DamagedFileException.gone(path);
    }
    try {
      requireInPlace();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
  }
}
