package dev.dromedary.cli;

import dev.dromedary.source.SourceUrl;
import java.net.URI;

/** URLs on the command line: as in a source list. */
final class UrlArgument {

  private UrlArgument() {}

  /**
   * Reads an absolute http or https URL; a fragment is dropped, the rest stays byte for byte.
   *
   * @throws UsageException when it is anything else
   */
  static URI parse(String text) {
    try {
      return SourceUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + ErrorReport.unitHint(text));
    }
  }
}
