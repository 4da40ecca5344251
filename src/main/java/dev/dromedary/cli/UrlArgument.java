package dev.dromedary.cli;

import java.net.URI;
import java.net.URISyntaxException;

/** URLs on the command line. */
final class UrlArgument {

  private UrlArgument() {}

  /**
   * Reads an absolute http or https URL; a fragment is dropped, the rest stays byte for byte.
   *
   * @throws UsageException when it is anything else
   */
  static URI parse(String text) {
    int hash = text.indexOf('#');
    try {
      URI url = new URI(hash < 0 ? text : text.substring(0, hash));
      boolean isHttp =
          "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      if (isHttp && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new UsageException("URL '" + text + "': " + e.getReason() + " at " + e.getIndex());
    }
    throw new UsageException("URL '" + text + "': expected http:// or https:// and a host");
  }
}
