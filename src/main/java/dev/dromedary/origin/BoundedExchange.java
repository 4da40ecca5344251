package dev.dromedary.origin;

import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.util.Timeout;

/**
 * Stands around every HTTP exchange: registers it so that it can be cancelled, repeats it once when
 * a kept-alive connection turned out stale, cuts the bodies of answers that carry no file, and
 * makes the others {@linkplain UndrainedBody undrained}. Says whether it is guarded.
 *
 * <p>Thread-safe.
 */
final class BoundedExchange implements ExecChainHandler {

  /** As much of an error body is read to keep its connection; a longer one costs the connection. */
  private static final int ERROR_BODY_BYTES = 8 * 1024;

  /** Socket timeouts only back the watch of {@link OpenRequests} up; channels have none. */
  private static final Duration BACKSTOP = Duration.ofSeconds(10);

  private final OpenRequests requests;
  private final AddressGuard guard;
  private final DnsResolver names;

  /**
   * Creates it.
   *
   * @param names looks up what a proxy is to connect to
   */
  BoundedExchange(OpenRequests requests, AddressGuard guard, DnsResolver names) {
    this.requests = requests;
    this.guard = guard;
    this.names = names;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    AskedServer server = AskedServer.of(scope.route.getTargetHost());
    ProxyServer proxy = ProxyRoutes.of(scope.clientContext);
    SilenceLimits silence = requests.limits(server.hostAndPort());
    String transferId = take(request, OriginHeaders.TRANSFER_ID);
    String target = take(request, OriginHeaders.TARGET);
    if (!target.isEmpty()) {
      request.setPath(target);
    }
    String url = url(request);
    OpenRequest open = requests.opened(transferId, url, silence, canceller(scope));
    scope.clientContext.setRequestConfig(
        RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
            .setResponseTimeout(Timeout.of(silence.longest().plus(BACKSTOP)))
            .build());
    boolean named = !take(request, OriginHeaders.NAMED).isEmpty();
    boolean isGuarded = guard.guards(named);
    GuardedConnect.mark(scope.clientContext, isGuarded && proxy.isNone());
    boolean bodyHandedOut = false;
    try {
      if (isGuarded && !proxy.isNone()) {
        guard.requireFrom(server.host(), names);
      }
      ExchangeLog.asks(transferId, url, proxy, request);
      ClassicHttpResponse response = proceed(request, scope, chain);
      ExchangeLog.answered(transferId, url, response);
      if (isTurnedAway(response.getCode())) {
        scope.execRuntime.discardEndpoint();
        response.setEntity(null);
        return response;
      }
      open.reading(requests.nanos());
      bodyHandedOut = bound(response, scope, open);
      return response;
    } catch (IOException broken) {
      throw open.explain(broken);
    } catch (RuntimeException cancelled) {
      open.explain(new IOException(cancelled));
      throw cancelled;
    } catch (Error e) {
      // nobody else does: the client gives connections back after exceptions only
      scope.execRuntime.discardEndpoint();
      throw e;
    } finally {
      if (!bodyHandedOut) {
        requests.closed(open);
      }
    }
  }

  private static ClassicHttpResponse proceed(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    try {
      return chain.proceed(request, scope);
    } catch (NoHttpResponseException stale) {
      return chain.proceed(request, scope);
    }
  }

  /** Returns whether a body was left for the caller to read. */
  private boolean bound(ClassicHttpResponse response, ExecChain.Scope scope, OpenRequest open)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return false;
    }
    InputStream content = entity.getContent();
    if (content == null) {
      return false;
    }
    if (response.getCode() == 200 || response.getCode() == 206) {
      InputStream body = undrained(content, entity.getContentLength(), scope, open);
      response.setEntity(new UndrainedEntity(entity, body));
      open.busy();
      return true;
    }
    cut(content, scope.execRuntime);
    response.setEntity(null);
    return false;
  }

  private InputStream undrained(
      InputStream content, long length, ExecChain.Scope scope, OpenRequest open) {
    Runnable discard = scope.execRuntime::discardEndpoint;
    DirectBody direct = DirectBodies.of(scope.clientContext);
    return direct != null && direct.isDirect()
        ? new UndrainedChannel(content, direct, length, open, requests, discard)
        : new UndrainedBody(content, length, open, requests, discard, direct);
  }

  /** A server that counts connections counts one that it has turned away until that is closed. */
  private static boolean isTurnedAway(int status) {
    return status == 429 || status == 503;
  }

  /** A body that cannot be read costs the connection, never the status that came before it. */
  private static void cut(InputStream content, ExecRuntime runtime) {
    try {
      int left = ERROR_BODY_BYTES;
      byte[] scrap = new byte[ERROR_BODY_BYTES];
      int count = 0;
      while (left > 0 && count >= 0) {
        count = content.read(scrap, 0, left);
        left -= Math.max(count, 0);
      }
      if (count >= 0) {
        runtime.discardEndpoint();
      }
    } catch (IOException broken) {
      runtime.discardEndpoint();
    }
  }

  private static Runnable canceller(ExecChain.Scope scope) {
    return scope.originalRequest instanceof Cancellable request
        ? request::cancel
        : scope.execRuntime::discardEndpoint;
  }

  private static String url(ClassicHttpRequest request) {
    try {
      return MaskedUrl.of(request.getUri());
    } catch (URISyntaxException odd) {
      return request.getScheme() + "://" + request.getAuthority();
    }
  }

  private static String take(ClassicHttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    request.removeHeaders(name);
    return header == null ? "" : header.getValue();
  }
}
