package dev.dromedary.origin;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Builds the one HTTP client of the service from {@link OriginSettings}: bounded in time, in head
 * size and in connections, and without anything that repeats, decompresses, follows or remembers on
 * its own.
 */
public final class OriginClient implements HttpClientConfigurer {

  private static final int MAX_HEAD_LINE_BYTES = 32 * 1024;
  private static final int MAX_HEADER_COUNT = 200;

  /** Socket timeouts only back the watch of {@link OpenRequests} up; channels have none. */
  private static final Duration BACKSTOP = Duration.ofSeconds(10);

  private final OriginSettings settings;
  private final OpenRequests requests;
  private final AddressGuard guard;
  private final HostAccess access;
  private final DnsResolver names;

  /**
   * Creates the configurer.
   *
   * @param requests watches every request of its clients
   * @param guard says which addresses they reach
   * @param access how hosts are reached of which something is settled
   */
  public OriginClient(
      OriginSettings settings, OpenRequests requests, AddressGuard guard, HostAccess access) {
    this(settings, requests, guard, access, SystemDefaultDnsResolver.INSTANCE);
  }

  OriginClient(
      OriginSettings settings,
      OpenRequests requests,
      AddressGuard guard,
      HostAccess access,
      DnsResolver names) {
    this.settings = settings;
    this.requests = requests;
    this.guard = guard;
    this.access = access;
    this.names = names;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    PoolingHttpClientConnectionManager connections = connectionManager();
    requests.everySecond("close idle connections", new IdleConnections(connections));
    builder
        .setConnectionManager(connections)
        .setConnectionManagerShared(false)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(settings.firstByteTimeout()))
                .setResponseTimeout(longestSilence())
                .setProtocolUpgradeEnabled(false)
                .build())
        .setRoutePlanner(new ProxyRoutes(access.proxies()))
        .setUserAgent(settings.userAgent())
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .disableRedirectHandling()
        .disableAuthCaching()
        .addExecInterceptorFirst("bounded-exchange", new BoundedExchange(requests, guard, names))
        .setRequestExecutor(new GuardedExecutor(guard));
  }

  private PoolingHttpClientConnectionManager connectionManager() {
    PoolingHttpClientConnectionManagerBuilder manager =
        new GuardedConnections(guard)
            .setDnsResolver(names)
            // OriginSlots counts; a second limit here would let transfers wait that hold a slot
            .setMaxConnTotal(Integer.MAX_VALUE)
            .setMaxConnPerRoute(Integer.MAX_VALUE)
            .setConnectionFactory(
                new OriginConnections(
                    Http1Config.custom()
                        .setMaxLineLength(MAX_HEAD_LINE_BYTES)
                        .setMaxHeaderCount(MAX_HEADER_COUNT)
                        .build()))
            .setDefaultTlsConfig(
                TlsConfig.custom().setHandshakeTimeout(timeout(settings.connectTimeout())).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(timeout(settings.connectTimeout()))
                    .setSocketTimeout(longestSilence())
                    // what came after the last body is seen before the next request is sent
                    .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                    .build());
    TlsSocketStrategy tls =
        settings.caFile() == null
            ? new LazyTls(DefaultClientTlsStrategy::createDefault)
            : new DefaultClientTlsStrategy(trusting());
    return manager.setTlsSocketStrategy(new HostTls(access.tls(), settings.caFile(), tls)).build();
  }

  private SSLContext trusting() {
    try {
      return TrustedAuthorities.context(settings.caFile(), null);
    } catch (java.io.IOException | java.security.GeneralSecurityException e) {
      throw new DromedaryException(
          FailureCode.CONFIGURATION,
          "dromedary.http.ca-file '" + settings.caFile() + "': " + TrustedAuthorities.why(e),
          e);
    }
  }

  private Timeout longestSilence() {
    Duration longer =
        settings.firstByteTimeout().compareTo(settings.stallTimeout()) > 0
            ? settings.firstByteTimeout()
            : settings.stallTimeout();
    return timeout(longer.plus(BACKSTOP));
  }

  private static Timeout timeout(Duration duration) {
    return Timeout.of(duration);
  }
}
