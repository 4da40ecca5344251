package dev.dromedary.cli;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The name a file gets on the command line: checked, and taken from the URL when none is given. */
final class TargetPath {

  private TargetPath() {}

  /**
   * Returns the decoded last segment of the URL's path.
   *
   * @throws UsageException when it is no file name
   */
  static String fromUrl(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String segment = path.substring(path.lastIndexOf('/') + 1);
    String name;
    try {
      name = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      name = "";
    }
    if (!isFileName(name)) {
      throw new UsageException(
          "the URL ends in '" + segment + "', which is no file name: give one with -o FILE");
    }
    return name;
  }

  /**
   * Returns the name unchanged.
   *
   * @throws UsageException when it is no file name
   */
  static String checked(String name) {
    if (!isFileName(name)) {
      throw new UsageException("-o '" + name + "': expected a path that ends in a file name");
    }
    return name;
  }

  private static boolean isFileName(String name) {
    return !name.isBlank()
        && !name.equals(".")
        && !name.equals("..")
        && !name.equals(GetCommand.WORK)
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && name.equals(TerminalText.escape(name));
  }
}
