package dev.dromedary.origin;

import dev.dromedary.transfer.ClientIdentity;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS as it is settled for each host; a certificate that is renewed counts from the next connection
 * on. Thread-safe.
 */
final class HostTls implements TlsSocketStrategy {

  private final Function<String, TlsFiles> settled;
  private final @Nullable Path authorities;
  private final TlsSocketStrategy otherwise;
  private final Map<TlsFiles, Made> made = new ConcurrentHashMap<>();

  /**
   * Creates it.
   *
   * @param settled for a host, named as {@code host:port} in lower case
   * @param authorities trusted where a host has none of its own; null for the JDK's alone
   * @param otherwise for hosts of which nothing is settled
   */
  HostTls(
      Function<String, TlsFiles> settled, @Nullable Path authorities, TlsSocketStrategy otherwise) {
    this.settled = settled;
    this.authorities = authorities;
    this.otherwise = otherwise;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    TlsFiles files = settled.apply(target.toLowerCase(Locale.ROOT) + ":" + port);
    TlsSocketStrategy strategy = files.equals(TlsFiles.NONE) ? otherwise : of(files);
    return strategy.upgrade(socket, target, port, attachment, context);
  }

  private TlsSocketStrategy of(TlsFiles files) {
    List<FileTime> times = times(files);
    return made.compute(
            files,
            (same, before) ->
                before != null && before.times.equals(times)
                    ? before
                    : new Made(times, made(files)))
        .strategy;
  }

  private TlsSocketStrategy made(TlsFiles files) {
    return new DefaultClientTlsStrategy(context(files, authorities));
  }

  /**
   * Returns the context that files make.
   *
   * @throws DromedaryException when they cannot be used
   */
  static SSLContext context(TlsFiles files, @Nullable Path authorities) {
    KeyManager[] keys = files.identity().map(HostTls::keys).orElse(null);
    Path trusted = files.authorities().orElse(authorities);
    try {
      return TrustedAuthorities.context(trusted, keys);
    } catch (IOException | GeneralSecurityException e) {
      throw refused("caFile " + trusted + ": " + TrustedAuthorities.why(e), e);
    }
  }

  private static KeyManager[] keys(ClientIdentity shown) {
    String named = "clientCertificate " + shown.certificate() + ": ";
    try {
      return ClientKeys.of(shown);
    } catch (IOException e) {
      throw refused(named + "expected a readable file, found " + Found.reading(e), e);
    } catch (GeneralSecurityException e) {
      throw refused(named + e.getMessage(), e);
    }
  }

  private static DromedaryException refused(String message, Exception cause) {
    return new DromedaryException(FailureCode.CREDENTIAL_UNREADABLE, message, cause);
  }

  private static List<FileTime> times(TlsFiles files) {
    List<FileTime> times = new ArrayList<>();
    files.authorities().ifPresent(file -> times.add(time(file)));
    files
        .identity()
        .ifPresent(
            shown -> {
              times.add(time(shown.certificate()));
              times.add(time(shown.key()));
            });
    return times;
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private record Made(List<FileTime> times, TlsSocketStrategy strategy) {}
}
