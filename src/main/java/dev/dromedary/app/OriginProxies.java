package dev.dromedary.app;

import dev.dromedary.origin.AskedServer;
import dev.dromedary.origin.EnvironmentProxies;
import dev.dromedary.origin.Proxies;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProxyServer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is settled for a host, over what holds for all.
 *
 * @param origins what is settled now
 * @param otherwise what holds for all
 */
record OriginProxies(OriginCatalog origins, Proxies otherwise) implements Proxies {

  /**
   * Reads the setting, and the environment where that is to tell.
   *
   * @throws IllegalArgumentException with a message for the user when the environment is no use
   */
  static OriginProxies of(
      OriginCatalog origins, Settings.Http http, Function<String, @Nullable String> environment) {
    return new OriginProxies(origins, ofAll(http, environment));
  }

  private static Proxies ofAll(Settings.Http http, Function<String, @Nullable String> environment) {
    if (http.proxy().equals(SettingType.ENVIRONMENT)) {
      return EnvironmentProxies.read(environment);
    }
    ProxyServer one = ProxyServer.parse(http.proxy());
    return server -> one;
  }

  /** Returns what is wrong with the environment, where that is to tell. */
  static Optional<Problem> refusal(RunRequest request, Settings settings) {
    try {
      ofAll(settings.http(), System::getenv);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage() + "; dromedary.http.proxy=none does without";
      return Optional.of(SettingPlaces.problem(request, SettingKey.HTTP_PROXY, message));
    }
  }

  @Override
  public ProxyServer of(AskedServer server) {
    return origins.origins().proxy(server.hostAndPort()).orElseGet(() -> otherwise.of(server));
  }
}
