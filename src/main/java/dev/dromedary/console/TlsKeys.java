package dev.dromedary.console;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The console's certificate and key, read from a PKCS12 store. */
final class TlsKeys {

  private TlsKeys() {}

  /**
   * Opens a store.
   *
   * @param passwordFile whose first line is the password of store and key; null for an empty one
   * @throws DromedaryException with code {@code CONFIGURATION} when it cannot be used
   */
  static SSLContext open(Path store, @Nullable Path passwordFile) {
    try (InputStream bytes = Files.newInputStream(store)) {
      char[] password = password(passwordFile);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(bytes, password);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new DromedaryException(
          FailureCode.CONFIGURATION,
          "dromedary.console.keystore " + store + ": expected a PKCS12 store that opens, " + e,
          e);
    }
  }

  private static char[] password(@Nullable Path file) throws IOException {
    return file == null
        ? new char[0]
        : Files.readAllLines(file).stream().findFirst().orElse("").toCharArray();
  }
}
