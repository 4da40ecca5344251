package dev.dromedary.sidecar;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The file whose digest is looked for in a digest file. Immutable, thread-safe.
 *
 * @param name its name, decoded; empty when its URL ends in none
 * @param path its path from the directory of the digest file, decoded; its name when it is not
 *     below that
 * @param algorithm which digest must be there; any will do when empty
 */
public record WantedFile(String name, String path, Optional<DigestAlgorithm> algorithm) {

  /** Returns how the file at a URL is called in a digest file. */
  public static WantedFile of(URI file, DigestFile digestFile) {
    String whole = path(file);
    String name = decoded(whole.substring(whole.lastIndexOf('/') + 1));
    String beside = path(digestFile.url());
    String directory = beside.substring(0, beside.lastIndexOf('/') + 1);
    boolean isBelow =
        Objects.equals(file.getRawAuthority(), digestFile.url().getRawAuthority())
            && whole.startsWith(directory);
    return new WantedFile(
        name,
        isBelow ? decoded(whole.substring(directory.length())) : name,
        digestFile.algorithm());
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** A percent sign that begins no escape stands for itself. */
  private static String decoded(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
      if (low < 0) {
        bytes.write(raw[i]);
      } else {
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
