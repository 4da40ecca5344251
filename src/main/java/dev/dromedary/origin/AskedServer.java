package dev.dromedary.origin;

import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where a request is answered, whatever it passes on its way.
 *
 * @param isTls whether it is asked over TLS
 * @param host in lower case, IPv6 in brackets or without, as the URL has it
 * @param port 1 to 65535
 */
public record AskedServer(boolean isTls, String host, int port) {

  static AskedServer of(HttpHost target) {
    boolean isTls = "https".equalsIgnoreCase(target.getSchemeName());
    int port = target.getPort() >= 0 ? target.getPort() : isTls ? 443 : 80;
    return new AskedServer(isTls, target.getHostName().toLowerCase(Locale.ROOT), port);
  }

  /** Returns {@code host:port}, by which hosts are settled and counted. */
  public String hostAndPort() {
    return host + ":" + port;
  }
}
