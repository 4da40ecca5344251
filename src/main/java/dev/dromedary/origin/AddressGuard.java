package dev.dromedary.origin;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Keeps servers from leading this program into the network it runs in: what it guards reaches
 * addresses of the public internet alone. Immutable, thread-safe.
 *
 * @param scope which requests are guarded
 * @param allowed what passes nevertheless
 */
public record AddressGuard(Scope scope, AllowedHosts allowed) {

  private static final Pattern HERE = Pattern.compile("(.*\\.)?localhost");

  /** What some resolvers read as an address, and others as a name: octal, hexadecimal, short. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

  private static final Pattern DOTTED =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

  /** Which requests are guarded. */
  public enum Scope {
    /** Those to hosts that only a server named: the targets of redirects. */
    REDIRECTS,
    /** All, also those to hosts the source list names. */
    ALL,
    /** None. */
    OFF;
  }

  /**
   * Creates a guard.
   *
   * @param allowed host names, addresses and blocks, set apart by commas or blanks; may be empty
   * @throws IllegalArgumentException when something in it is none of these
   */
  public static AddressGuard of(Scope scope, String allowed) {
    return new AddressGuard(scope, AllowedHosts.parse(allowed));
  }

  /**
   * Says whether a request is guarded; {@code named} when the owner of its source named the host.
   */
  boolean guards(boolean named) {
    return scope == Scope.ALL || (scope == Scope.REDIRECTS && !named);
  }

  /**
   * Returns those of a host's addresses that may be connected to, in their order.
   *
   * @throws DromedaryException when that leaves none
   */
  InetAddress[] passing(String host, int port, InetAddress[] found) {
    InetAddress[] passing =
        Arrays.stream(found).filter(a -> why(host, a).isEmpty()).toArray(InetAddress[]::new);
    if (passing.length == 0 && found.length > 0) {
      require(host, new InetSocketAddress(found[0], port));
    }
    return passing;
  }

  /**
   * Makes sure of a host that a proxy connects to. What it connects to is not seen, so that the
   * addresses that are known here count; a name that has none here is the proxy's to find.
   *
   * @throws DromedaryException when it has addresses, and none may be connected to
   */
  void requireFrom(String host, DnsResolver names) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (!allowed.allowsName(name) && (HERE.matcher(name).matches() || isOddNumber(name))) {
      throw new DromedaryException(
          FailureCode.ADDRESS_REFUSED,
          "host "
              + host
              + ": expected a public address, found a name that the proxy may read as one"
              + " that is not");
    }
    try {
      passing(host, 0, names.resolve(host));
    } catch (UnknownHostException elsewhere) {
      // known to the proxy alone, if at all
    }
  }

  /**
   * Makes sure of the address at the other end of a connection.
   *
   * @throws DromedaryException unless it may be connected to
   */
  void require(String host, @Nullable SocketAddress remote) {
    InetSocketAddress internet = remote instanceof InetSocketAddress known ? known : null;
    InetAddress address = internet == null ? null : internet.getAddress();
    Optional<String> why = address == null ? Optional.of("not known") : why(host, address);
    if (why.isPresent()) {
      throw new DromedaryException(
          FailureCode.ADDRESS_REFUSED,
          "host "
              + host
              + (internet == null || internet.getPort() == 0 ? "" : ":" + internet.getPort())
              + ": expected a public address, found "
              + (address == null ? "one" : address.getHostAddress())
              + " that is "
              + why.get());
    }
  }

  private static boolean isOddNumber(String name) {
    return NUMBER.matcher(name).matches() && !DOTTED.matcher(name).matches();
  }

  private Optional<String> why(String host, InetAddress address) {
    return allowed.allows(host, address) ? Optional.empty() : AddressKind.notPublic(address);
  }
}
