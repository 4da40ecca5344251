package dev.dromedary.origin;

import dev.dromedary.transfer.ClientIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Reads the key and the certificates that a server is shown, from PEM or a PKCS12 store. Source:
 * RFC 7468, RFC 5208, RFC 7292.
 */
final class ClientKeys {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final int MAX_BYTES = 1 << 20;
  private static final byte[] PROBE = "dromedary".getBytes(StandardCharsets.US_ASCII);

  private ClientKeys() {}

  /**
   * Returns what shows the identity.
   *
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when it does not hold what it is to hold; the message is for
   *     the user
   */
  static KeyManager[] of(ClientIdentity identity) throws IOException, GeneralSecurityException {
    char[] password = identity.password().toCharArray();
    byte[] bytes = read(identity.certificate());
    List<Pem> blocks = Pem.all(bytes);
    KeyStore store = blocks.isEmpty() ? pkcs12(bytes, password) : pem(blocks, identity, password);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password);
    return managers.getKeyManagers();
  }

  private static KeyStore pkcs12(byte[] bytes, char[] password) throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(bytes), password);
    } catch (IOException e) {
      throw new CertificateException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "expected a store that clientKeyPassword opens, found another password"
              : "expected PEM or a PKCS12 store, found neither",
          e);
    }
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        return store;
      }
    }
    throw new CertificateException("expected a store with a private key, found none in it");
  }

  private static KeyStore pem(List<Pem> blocks, ClientIdentity identity, char[] password)
      throws IOException, GeneralSecurityException {
    List<Certificate> chain = new ArrayList<>();
    for (Pem block : blocks) {
      if (block.label().equals("CERTIFICATE")) {
        chain.add(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(block.bytes())));
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateException("expected a certificate, found none in it");
    }
    PublicKey known = chain.get(0).getPublicKey();
    PrivateKey key = key(identity.key(), known.getAlgorithm());
    requirePair(key, known, identity.key());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new CertificateException(impossible);
    }
    store.setKeyEntry("client", key, password, chain.toArray(Certificate[]::new));
    return store;
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    for (Pem block : Pem.all(read(file))) {
      if (block.label().equals("PRIVATE KEY")) {
        return privateKey(algorithm, new PKCS8EncodedKeySpec(block.bytes()), file);
      }
      if (block.label().endsWith("PRIVATE KEY")) {
        throw new InvalidKeyException(
            file
                + ": expected a key as PKCS #8 without a password (BEGIN PRIVATE KEY), found "
                + block.label()
                + "; openssl pkcs8 -topk8 -nocrypt makes one, openssl pkcs12 -export a store with a"
                + " password");
      }
    }
    throw new InvalidKeyException(
        file + ": expected a private key, found none; clientKey names the file that has it");
  }

  private static PrivateKey privateKey(String algorithm, PKCS8EncodedKeySpec spec, Path file)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(
          file + ": expected the " + algorithm + " key of the certificate, found another kind", e);
    }
  }

  /** A key of another certificate would only be noticed by the server, which says little of it. */
  private static void requirePair(PrivateKey key, PublicKey known, Path file)
      throws GeneralSecurityException {
    String algorithm =
        switch (known.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> known.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update(PROBE);
    if (!signature.verify(signed)) {
      throw new InvalidKeyException(
          file + ": expected the private key of the certificate, found another");
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES);
    }
  }

  /**
   * What stands between two lines of PEM.
   *
   * @param label what it is said to be
   */
  private record Pem(String label, byte[] bytes) {

    static List<Pem> all(byte[] file) throws CertificateException {
      List<Pem> blocks = new ArrayList<>();
      Matcher block = BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1));
      while (block.find()) {
        try {
          blocks.add(new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2))));
        } catch (IllegalArgumentException e) {
          throw new CertificateException("expected PEM, found a block that is not base64", e);
        }
      }
      return blocks;
    }
  }
}
