package dev.dromedary.console;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The console's certificate and key, read from a PKCS12 store. */
public final class TlsKeys {

  private TlsKeys() {}

  /**
   * Opens a store.
   *
   * @param passwordFile whose first line is the password of store and key; null for an empty one
   * @throws DromedaryException with code {@code CONFIGURATION} when it cannot be used
   */
  static SSLContext open(Path store, @Nullable Path passwordFile) {
    try {
      return context(store, passwordFile);
    } catch (IOException | GeneralSecurityException e) {
      throw new DromedaryException(
          FailureCode.CONFIGURATION,
          "dromedary.console.keystore " + store + ": expected a PKCS12 store that opens, " + e,
          e);
    }
  }

  /**
   * Says why a store cannot be used and what to do about it, for a user; empty when it can.
   *
   * @param passwordFile as for the console: its first line, or null for an empty password
   */
  public static Optional<String> whyNot(Path store, @Nullable Path passwordFile) {
    try {
      context(store, passwordFile);
      return Optional.empty();
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of(
          isPassword(e)
              ? "expected a PKCS12 store that the password opens, found another password;"
                  + " dromedary.console.keystore-password-file names the file whose first line it"
                  + " is"
              : "expected a PKCS12 store with a key and its certificate, found " + e);
    }
  }

  private static boolean isPassword(Exception refused) {
    return refused instanceof UnrecoverableKeyException
        || refused.getCause() instanceof UnrecoverableKeyException;
  }

  private static SSLContext context(Path store, @Nullable Path passwordFile)
      throws IOException, GeneralSecurityException {
    try (InputStream bytes = Files.newInputStream(store)) {
      char[] password = password(passwordFile);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(bytes, password);
      requireKey(keys);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    }
  }

  private static void requireKey(KeyStore keys) throws GeneralSecurityException {
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
        return;
      }
    }
    throw new GeneralSecurityException("no key in it");
  }

  private static char[] password(@Nullable Path file) throws IOException {
    return file == null
        ? new char[0]
        : Files.readAllLines(file).stream().findFirst().orElse("").toCharArray();
  }
}
