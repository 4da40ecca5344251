package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Directories that are still there after a power cut, with what was synced in them: a directory's
 * own name is in its parent, which has to be synced as well, once, when it is made; but for a
 * parent that may not be read. Thread-safe.
 */
public final class LastingDirectory {

  private LastingDirectory() {}

  /**
   * Makes a directory and those above it that are missing, and syncs the parents of what it made;
   * where all are there, nothing is done. Links are followed.
   *
   * @throws IOException when one cannot be made, or its parent not synced: then it is not there
   */
  public static void make(Path directory) throws IOException {
    make(directory, new DiskStorage());
  }

  static void make(Path directory, Storage storage) throws IOException {
    Path missing = directory.toAbsolutePath();
    Path parent = missing.getParent();
    if (Files.isDirectory(missing) || parent == null) {
      return;
    }
    make(parent, storage);
    try {
      Files.createDirectory(missing);
    } catch (FileAlreadyExistsException inTheWay) {
      if (!Files.isDirectory(missing)) {
        throw inTheWay;
      }
    }
    try {
      storage.syncDirectory(parent);
    } catch (AccessDeniedException unreadable) {
      // who may write a directory but not read it cannot sync it: that is left to the system
      return;
    } catch (IOException e) {
      // the next to look would take it for one that lasts
      remove(missing, e);
      throw e;
    }
  }

  private static void remove(Path made, IOException why) {
    try {
      Files.deleteIfExists(made);
    } catch (IOException inUse) {
      why.addSuppressed(inUse);
    }
  }
}
