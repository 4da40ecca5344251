package dev.dromedary.routing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/** Tells whether a file was edited, without reading it. */
final class EditStamp {

  private EditStamp() {}

  /** Says whether it is a pipe or the like: who reads it again waits for ever. */
  static boolean isReadOnce(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).isOther();
    } catch (IOException absent) {
      return false;
    }
  }

  /**
   * Says whether it seems to be written still: its last line has no end, as where a writer's buffer
   * was full, and that came a moment ago.
   *
   * @param settled how long ago something has to have been written to count as all of it
   */
  static boolean isBeingWritten(Path file, Duration settled, Instant now) {
    try (InputStream content = Files.newInputStream(file)) {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      long size = Files.size(file);
      boolean isFresh = written.isAfter(now.minus(settled)) && !written.isAfter(now.plus(settled));
      if (!isFresh || size == 0) {
        return false;
      }
      content.skipNBytes(size - 1);
      return content.read() != '\n';
    } catch (IOException absent) {
      return false;
    }
  }

  /** Returns a text that is another one after an edit; also for a file that is not there. */
  static String of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.lastModifiedTime() + "/" + found.size() + "/" + found.fileKey();
    } catch (IOException absent) {
      return "absent";
    }
  }
}
