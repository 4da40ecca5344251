package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody else changed a file of ours: what was written is not there any more. */
final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1;

  /** Creates it with a message that says what was expected and found. */
  DamagedFileException(String message) {
    super(message);
  }

  /** Returns that a file is not there any more under its name. */
  static DamagedFileException gone(Path file) {
    return new DamagedFileException(file.getFileName() + ": it was removed or renamed");
  }
}
