package dev.dromedary.app;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What keeps a directory from being written, or made where it is missing. */
public final class DirectoryObstacle {

  /** Where nothing can be made, whatever the permissions say. */
  private static final Set<String> OF_THE_KERNEL = Set.of("proc", "sysfs");

  private DirectoryObstacle() {}

  /**
   * Returns what is found where a directory to write to is expected, in words, and the place where
   * that is another; empty when nothing is in the way. Reads only.
   *
   * @param directory absolute; need not exist
   */
  public static Optional<String> of(Path directory) {
    Path existing = existing(directory);
    String place = existing.equals(directory) ? "" : " at " + existing;
    if (!Files.isDirectory(existing)) {
      boolean exists = Files.exists(existing);
      return Optional.of((exists ? "a file" : "a symbolic link that leads nowhere") + place);
    }
    Optional<FileStore> fileSystem = fileSystem(existing);
    if (fileSystem.filter(FileStore::isReadOnly).isPresent()) {
      return Optional.of("a file system that is mounted read-only" + place);
    }
    if (!Files.isWritable(existing)) {
      return Optional.of("no permission to write" + place);
    }
    return fileSystem
        .map(FileStore::type)
        .filter(OF_THE_KERNEL::contains)
        .map(kind -> "a file system of the kernel (" + kind + ")" + place);
  }

  private static Path existing(Path directory) {
    Path existing = directory;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    return existing;
  }

  /**
   * Returns the file system where a directory is, or would be made; empty when it cannot be told.
   *
   * @param directory absolute; need not exist
   */
  static Optional<FileStore> fileSystem(Path directory) {
    try {
      return Optional.of(Files.getFileStore(existing(directory)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
