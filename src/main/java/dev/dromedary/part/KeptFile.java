package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;

/** What is left of a transfer that was given up: its part file, or the bytes that were rejected. */
public final class KeptFile {

  private final Path file;

  /** Names it by where the ledger says it is. */
  public KeptFile(Path file) {
    this.file = file;
  }

  /** Says whether it or its journal is there. */
  public boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.exists(journal(), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns its size in bytes, 0 when it is gone. */
  public long sizeBytes() {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /**
   * Deletes it with its journal, unless something was written to it since: then another transfer of
   * the source goes on with it.
   *
   * @return whether nothing is left of it
   */
  public boolean deleteUnlessWrittenSince(Instant since) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant().isAfter(since)) {
      return false;
    }
    Files.deleteIfExists(file);
    Files.deleteIfExists(journal());
    return true;
  }

  private Path journal() {
    return file.resolveSibling(file.getFileName() + ".journal");
  }
}
