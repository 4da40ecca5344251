package dev.dromedary.origin;

import dev.dromedary.transfer.ProxyServer;

/** Says by way of which proxy a server is asked, for each request anew. Thread-safe. */
@FunctionalInterface
public interface Proxies {

  /** Every server is asked itself. */
  Proxies NONE = server -> ProxyServer.NONE;

  /** Returns the proxy, or {@link ProxyServer#NONE}. */
  ProxyServer of(AskedServer server);
}
