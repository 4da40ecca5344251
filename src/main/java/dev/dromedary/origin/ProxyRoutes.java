package dev.dromedary.origin;

import dev.dromedary.transfer.ProxyServer;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Leads each request to its server or by way of its proxy, and notes which. Thread-safe. */
final class ProxyRoutes extends DefaultRoutePlanner {

  /** Attribute of a request's context: the proxy on its way. */
  private static final String PROXY = "dromedary.proxy";

  private final Proxies proxies;

  ProxyRoutes(Proxies proxies) {
    super(null);
    this.proxies = proxies;
  }

  /** Returns the proxy on a request's way, or {@link ProxyServer#NONE}. */
  static ProxyServer of(@Nullable HttpContext context) {
    Object noted = context == null ? null : context.getAttribute(PROXY);
    return noted instanceof ProxyServer proxy ? proxy : ProxyServer.NONE;
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    ProxyServer proxy = proxies.of(AskedServer.of(target));
    context.setAttribute(PROXY, proxy);
    return proxy.isNone() ? null : new HttpHost("http", proxy.host(), proxy.port());
  }
}
