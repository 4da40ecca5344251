package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.Path;

/** The file operations part files stand on. Thread-safe. */
public interface Storage {

  /**
   * Opens a file for reading and writing, creating it when absent; never through a symbolic link.
   */
  StorageFile open(Path path) throws IOException;

  /** Says whether something has this name, a dangling symbolic link included. */
  boolean exists(Path path);

  /** Removes the file if there is one; a symbolic link is removed, not followed. */
  void delete(Path path) throws IOException;

  /** Gives a file a new name in one step, replacing what had it. */
  void moveAtomically(Path from, Path to) throws IOException;

  /** Makes names created, moved and removed in a directory survive a power cut. */
  void syncDirectory(Path directory) throws IOException;

  /** Returns how many bytes can still be written there; {@code Long.MAX_VALUE} when unknown. */
  long usableBytes(Path directory);
}
