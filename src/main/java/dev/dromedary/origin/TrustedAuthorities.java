package dev.dromedary.origin;

import dev.dromedary.transfer.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificate authorities trusted: the JDK's, and those of a file in PEM. */
public final class TrustedAuthorities {

  private TrustedAuthorities() {}

  /**
   * Returns a TLS context that trusts the JDK's authorities and those in {@code caFile}.
   *
   * @param keys what servers that ask for it are shown; null for nothing
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when one does not hold what it is to hold
   */
  static SSLContext context(@Nullable Path caFile, KeyManager @Nullable [] keys)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int count = 0;
    for (X509Certificate authority : x509(trustManager(null).getAcceptedIssuers())) {
      store.setCertificateEntry("jdk-" + count++, authority);
    }
    if (caFile != null) {
      for (Certificate authority : added(caFile)) {
        store.setCertificateEntry("file-" + count++, authority);
      }
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {trustManager(store)}, null);
    return context;
  }

  /** Returns why a file of authorities is no use, for a user; empty when it can be used. */
  public static Optional<String> refusal(Path caFile) {
    try {
      added(caFile);
      return Optional.empty();
    } catch (IOException | CertificateException e) {
      return Optional.of(why(e));
    }
  }

  /** Returns what is wrong with a file that {@link #context} refused, for a user. */
  static String why(Exception refused) {
    return "expected certificates in PEM, found "
        + (refused instanceof IOException unread ? Found.reading(unread) : unfit(refused));
  }

  private static String unfit(Exception refused) {
    String why = String.valueOf(refused.getMessage());
    return why.toLowerCase(Locale.ROOT).startsWith("no certificate")
        ? "none"
        : "some that Java does not take: " + why.replaceAll("java\\.[\\w.]+: ", "");
  }

  private static Collection<? extends Certificate> added(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> added =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (added.isEmpty()) {
        throw new CertificateException("no certificate found in it");
      }
      return added;
    }
  }

  private static X509Certificate[] x509(X509Certificate[] issuers) {
    return issuers == null ? new X509Certificate[0] : issuers;
  }

  private static X509TrustManager trustManager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new CertificateException("this JDK has no X.509 trust manager"));
  }
}
