package dev.dromedary.origin;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.TlsFiles;
import java.util.Optional;
import java.util.function.Function;

/**
 * How hosts are reached, as far as it is settled host by host; asked for each connection anew.
 *
 * @param proxies by way of which proxy
 * @param tls what TLS trusts and shows; hosts are named as {@code host:port} in lower case
 */
public record HostAccess(Proxies proxies, Function<String, TlsFiles> tls) {

  /** Nothing is settled for any host. */
  public static final HostAccess PLAIN = new HostAccess(Proxies.NONE, host -> TlsFiles.NONE);

  /** Returns why files are no use for TLS, for a user; empty when they can be used. */
  public static Optional<String> refusal(TlsFiles files) {
    try {
      HostTls.context(files, null);
      return Optional.empty();
    } catch (DromedaryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
