package dev.dromedary.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells one delivered file from another without reading it. A rename keeps all three; a copy
 * or an edit changes at least one.
 *
 * @param sizeBytes 0 or more
 * @param modifiedAt modification time with the file system's full precision; absent where the
 *     landing zone is no file system
 * @param fileKey the file system's own key such as device and inode; absent where it has none
 */
public record FileStamp(long sizeBytes, @Nullable Instant modifiedAt, @Nullable String fileKey) {

  public FileStamp {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes " + sizeBytes + ": expected 0 or more");
    }
  }

  /**
   * Reads the stamp of a file, following symbolic links.
   *
   * @throws IOException when the file is not there or cannot be looked at
   */
  public static FileStamp of(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = found.fileKey();
    return new FileStamp(
        found.size(), found.lastModifiedTime().toInstant(), key == null ? null : key.toString());
  }

  /** Says whether a file is the one that this was read of; not when it cannot be looked at. */
  public boolean isOf(Path file) {
    try {
      return equals(of(file));
    } catch (IOException e) {
      return false;
    }
  }
}
