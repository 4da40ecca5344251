package dev.dromedary.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

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
