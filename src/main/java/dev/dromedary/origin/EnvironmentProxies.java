package dev.dromedary.origin;

import dev.dromedary.transfer.ProxyServer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names, as other programs read it: {@code https_proxy}, {@code
 * http_proxy}, {@code all_proxy} and {@code no_proxy}, each but {@code http_proxy} also in capitals
 * (a web server puts a header of its client into {@code HTTP_PROXY}). This machine itself is never
 * asked by way of one. Immutable, thread-safe.
 *
 * @param https for hosts asked over TLS
 * @param http for the others
 * @param without which hosts are asked without one
 */
public record EnvironmentProxies(ProxyServer https, ProxyServer http, NoProxy without)
    implements Proxies {

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException with a message for the user when a variable is no proxy
   */
  public static EnvironmentProxies read(Function<String, @Nullable String> environment) {
    return new EnvironmentProxies(
        first(environment, List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")),
        first(environment, List.of("http_proxy", "all_proxy", "ALL_PROXY")),
        NoProxy.parse(text(environment, "no_proxy", "NO_PROXY")));
  }

  @Override
  public ProxyServer of(AskedServer server) {
    return without.holds(server) ? ProxyServer.NONE : server.isTls() ? https : http;
  }

  private static ProxyServer first(
      Function<String, @Nullable String> environment, List<String> names) {
    for (String name : names) {
      String text = text(environment, name, name);
      if (!text.isEmpty()) {
        try {
          return ProxyServer.parse(text);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "environment variable " + name + ": " + e.getMessage(), e);
        }
      }
    }
    return ProxyServer.NONE;
  }

  private static String text(
      Function<String, @Nullable String> environment, String name, String otherwise) {
    String first = environment.apply(name);
    String text = first == null || first.isBlank() ? environment.apply(otherwise) : first;
    return text == null ? "" : text.strip();
  }
}
