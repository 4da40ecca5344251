package dev.dromedary.cli;

import dev.dromedary.source.TargetName;
import dev.dromedary.transfer.MaskedUrl;
import java.net.URI;

/** The name a file gets on the command line: as in a source list, but without directories. */
final class TargetPath {

  private TargetPath() {}

  /**
   * Returns the decoded last segment of the URL's path.
   *
   * @throws UsageException when it is no file name
   */
  static String fromUrl(URI url) {
    if (url.getRawPath().isEmpty() || url.getRawPath().endsWith("/")) {
      throw new UsageException(
          "'" + MaskedUrl.of(url) + "' names no file; give a name with -o FILE");
    }
    try {
      return TargetName.ofUrl(url);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + "; give a name with -o FILE");
    }
  }

  /** Returns the decoded last segment of a URL's path; empty when it is no file name. */
  static String lastSegment(URI url) {
    try {
      return TargetName.ofUrl(url);
    } catch (IllegalArgumentException none) {
      return "";
    }
  }

  /**
   * Returns the name unchanged.
   *
   * @throws UsageException when it is no file name
   */
  static String checked(String name) {
    try {
      return TargetName.parse(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("-o: " + e.getMessage());
    }
  }
}
