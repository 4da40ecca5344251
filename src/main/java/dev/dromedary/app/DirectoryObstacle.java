package dev.dromedary.app;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** What keeps a directory from being written, or made where it is missing. */
public final class DirectoryObstacle {

  private DirectoryObstacle() {}

  /**
   * Returns what is found where a directory to write to is expected, in words, and the place where
   * that is another; empty when nothing is in the way. Reads only.
   *
   * @param directory absolute; need not exist
   */
  public static Optional<String> of(Path directory) {
    Path existing = directory;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    String place = existing.equals(directory) ? "" : " at " + existing;
    if (!Files.isDirectory(existing)) {
      boolean exists = Files.exists(existing);
      return Optional.of((exists ? "a file" : "a symbolic link that leads nowhere") + place);
    }
    return Files.isWritable(existing)
        ? Optional.empty()
        : Optional.of("no permission to write" + place);
  }
}
