package dev.dromedary.console;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the console listens and who may use it. Immutable.
 *
 * @param bind the address or name to listen on
 * @param port 0 for one the system chooses, else 1 to 65535
 * @param hosts names under which it may be called, beside addresses and {@code localhost}
 * @param passwordFile who may use it; null for everybody who can reach a loopback address
 * @param keyStore the PKCS12 store of its certificate; null for plain HTTP
 * @param keyStorePasswordFile whose first line opens the store; null for an empty password
 */
public record ConsoleSettings(
    String bind,
    int port,
    Set<String> hosts,
    @Nullable Path passwordFile,
    @Nullable Path keyStore,
    @Nullable Path keyStorePasswordFile) {

  private static final int MAX_PORT = 65535;

  public ConsoleSettings {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + ": expected 0 to " + MAX_PORT);
    }
    if (passwordFile == null && !isLoopback(bind)) {
      throw new IllegalArgumentException(
          "bind '" + bind + "': expected a loopback address, or a password file");
    }
    hosts =
        hosts.stream()
            .filter(name -> !name.isEmpty())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** A console without authentication and TLS on a loopback address. */
  public static ConsoleSettings loopback(int port) {
    return new ConsoleSettings("127.0.0.1", port, Set.of(), null, null, null);
  }

  /** Says whether a host as it is written is surely of this machine; no name is looked up. */
  public static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.matches("\\[?(0*:)+0*1]?");
  }

  /** Returns whether it speaks TLS. */
  boolean isTls() {
    return keyStore != null;
  }

  /** Returns the names under which it may be called, what it listens on included. */
  Set<String> names() {
    return Stream.concat(hosts.stream(), Stream.of(bind.toLowerCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns its address for users, e.g. {@code http://127.0.0.1:8642/}. */
  URI address(int boundPort) {
    String host = bind.contains(":") && !bind.startsWith("[") ? "[" + bind + "]" : bind;
    return URI.create((isTls() ? "https" : "http") + "://" + host + ":" + boundPort + "/");
  }
}
