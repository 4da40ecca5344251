package dev.dromedary.transfer;

import java.net.URI;

/** A URL as a person may read it: without user information, query and fragment. */
public final class MaskedUrl {

  private MaskedUrl() {}

  /** Returns the URL with {@code ?…} where there was a query, and without user information. */
  public static String of(URI url) {
    String host = url.getHost() == null ? "" : url.getHost();
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?…";
    return url.getScheme() + "://" + host + port + path + query;
  }
}
