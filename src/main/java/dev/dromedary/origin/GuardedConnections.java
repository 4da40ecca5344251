package dev.dromedary.origin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Builds a pool that asks an {@link AddressGuard} of every address before it connects: what is
 * connected to is what was judged, so that a name that resolves to something else a moment later
 * leads nowhere.
 */
final class GuardedConnections extends PoolingHttpClientConnectionManagerBuilder {

  private final AddressGuard guard;

  GuardedConnections(AddressGuard guard) {
    this.guard = guard;
  }

  @Override
  protected HttpClientConnectionOperator createConnectionOperator(
      @Nullable SchemePortResolver ports, @Nullable DnsResolver given, TlsSocketStrategy tls) {
    DnsResolver names = given == null ? SystemDefaultDnsResolver.INSTANCE : given;
    return new GuardedConnect(
        operator(ports, names, tls), operator(ports, new Names(names, guard), tls));
  }

  private static HttpClientConnectionOperator operator(
      @Nullable SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
    return new DefaultHttpClientConnectionOperator(
        new ChannelSockets(),
        ports,
        names,
        RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
  }

  /** Names and the addresses behind them that pass the guard. */
  private record Names(DnsResolver all, AddressGuard guard) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return guard.passing(host, 0, all.resolve(host));
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
      return Arrays.stream(guard.passing(host, port, all.resolve(host)))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
      return all.resolveCanonicalHostname(host);
    }
  }
}
