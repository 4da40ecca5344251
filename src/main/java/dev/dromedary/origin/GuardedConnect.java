package dev.dromedary.origin;

import dev.dromedary.transfer.ProxyServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Connects as the request it is done for is guarded or not; one that says nothing of it is.
 *
 * @param open connects to any address
 * @param guarded connects to those that pass the guard
 */
record GuardedConnect(HttpClientConnectionOperator open, HttpClientConnectionOperator guarded)
    implements HttpClientConnectionOperator {

  /** Attribute of a request's context, true when it may go to any address. */
  private static final String UNGUARDED = "dromedary.unguarded";

  static void mark(HttpContext context, boolean isGuarded) {
    context.setAttribute(UNGUARDED, !isGuarded);
  }

  static boolean isGuarded(@Nullable HttpContext context) {
    return context == null || !Boolean.TRUE.equals(context.getAttribute(UNGUARDED));
  }

  private HttpClientConnectionOperator of(@Nullable HttpContext context) {
    return isGuarded(context) ? guarded : open;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface has it, so that it must be answered
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable InetSocketAddress local,
      TimeValue timeout,
      SocketConfig config,
      HttpContext context)
      throws IOException {
    of(context).connect(connection, host, local, timeout, config, context);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable InetSocketAddress local,
      Timeout timeout,
      SocketConfig config,
      @Nullable Object attachment,
      HttpContext context)
      throws IOException {
    of(context).connect(connection, host, name, local, timeout, config, attachment, context);
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable Path socket,
      @Nullable InetSocketAddress local,
      Timeout timeout,
      SocketConfig config,
      @Nullable Object attachment,
      HttpContext context)
      throws IOException {
    try {
      of(context)
          .connect(connection, host, name, socket, local, timeout, config, attachment, context);
    } catch (IOException broken) {
      ProxyServer proxy = ProxyRoutes.of(context);
      throw proxy.isNone() ? broken : ProxyAnswer.unreached(proxy, broken);
    }
  }

  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context)
      throws IOException {
    of(context).upgrade(connection, host, context);
  }

  @Override
  public void upgrade(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable NamedEndpoint name,
      @Nullable Object attachment,
      HttpContext context)
      throws IOException {
    of(context).upgrade(connection, host, name, attachment, context);
  }
}
