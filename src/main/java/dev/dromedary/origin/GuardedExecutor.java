package dev.dromedary.origin;

import dev.dromedary.transfer.ProxyServer;
import java.io.IOException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks once more at the other end of the connection before a guarded request is sent: a kept-alive
 * one may have been opened by a request that was not guarded. Lets a proxy on its way know who
 * asks, and believes it only what it may say. Notes the {@linkplain DirectBodies body} that comes
 * back.
 */
final class GuardedExecutor extends HttpRequestExecutor {

  private final AddressGuard guard;

  GuardedExecutor(AddressGuard guard) {
    this.guard = guard;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback informed,
      HttpContext context)
      throws IOException, HttpException {
    if (GuardedConnect.isGuarded(context)) {
      String host = HttpClientContext.cast(context).getHttpRoute().getTargetHost().getHostName();
      guard.require(host, connection.getRemoteAddress());
    }
    ProxyServer proxy = ProxyAnswer.answers(request) ? ProxyRoutes.of(context) : ProxyServer.NONE;
    proxy
        .authorization()
        .ifPresent(value -> request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, value));
    ClassicHttpResponse response;
    try {
      response = super.execute(request, connection, informed, context);
    } catch (IOException | HttpException e) {
      if (ProxyAnswer.asksForTunnel(request)) {
        throw ProxyAnswer.noTunnel(proxy, request, e);
      }
      throw e;
    } catch (Error e) {
      // after an error the client closes all its connections, for good
      throw new IllegalStateException("request not done", e);
    }
    if (!proxy.isNone()) {
      ProxyAnswer.require(proxy, request, response);
    }
    DirectBodies.note(context, response);
    return response;
  }
}
