package dev.dromedary.source;

import dev.dromedary.transfer.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads what {@code {{file:PATH}}} stands for: the one line of a small file, read anew each time,
 * so that a credential may be replaced while the service runs. Messages never repeat what it holds.
 */
public final class SecretFile {

  private static final int MAX_BYTES = 8192;

  private SecretFile() {}

  /**
   * Returns the text of a file without the line break at its end.
   *
   * @param path absolute
   * @throws IllegalArgumentException with a message for the user when it cannot be read
   */
  public static String read(String path) {
    Path file = parsed(path);
    if (!Files.isRegularFile(file)) {
      throw refused(path, "expected a file, found none");
    }
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw refused(path, "expected at most " + MAX_BYTES + " bytes, found more");
      }
      String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
      if (text.isEmpty()) {
        throw refused(path, "expected a line of text, found none");
      }
      return text;
    } catch (IOException e) {
      IllegalArgumentException unreadable =
          refused(path, "expected a readable file, found " + Found.reading(e));
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  private static Path parsed(String path) {
    try {
      Path file = Path.of(path);
      if (file.isAbsolute()) {
        return file;
      }
    } catch (InvalidPathException e) {
      throw refused(path, "expected a path");
    }
    throw refused(path, "expected an absolute path");
  }

  private static IllegalArgumentException refused(String path, String why) {
    return new IllegalArgumentException("{{file:" + path + "}}: " + why);
  }
}
