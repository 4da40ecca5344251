package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.flow.TestKeys;
import dev.dromedary.transfer.ClientIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientKeysTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void readsAnyKindOfKey_besideItsCertificateOrBeforeIt(String algorithm) throws Exception {
    TestKeys keys = TestKeys.make(directory.resolve("k.p12"), algorithm);

    assertShown(keys, file("a.pem", keys.certificatePem() + keys.keyPem()), "");
    assertShown(keys, file("b.pem", "Bag\n" + keys.keyPem() + "x\n" + keys.certificatePem()), "");
    assertShown(keys, keys.file(), TestKeys.PASSWORD);
  }

  @Test
  void saysWhatIsMissingOrWrong() throws Exception {
    TestKeys keys = TestKeys.make(directory.resolve("k.p12"), "EC");
    TestKeys same = TestKeys.make(directory.resolve("same.p12"), "EC");
    TestKeys other = TestKeys.make(directory.resolve("other.p12"), "RSA");
    Path bare = file("bare.pem", keys.certificatePem());
    Path keyOnly = file("key.pem", keys.keyPem());
    Path foreign = file("foreign.pem", same.keyPem());
    Path another = file("another.pem", other.keyPem());
    Path legacy = file("legacy.pem", TestKeys.pem("EC PRIVATE KEY", new byte[] {1}));
    Path locked = file("locked.pem", TestKeys.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}));
    Path text = file("text.pem", "no keys");

    assertRefused(() -> keys(bare, bare, ""), bare + ": expected a private key, found none");
    assertRefused(() -> keys(keyOnly, keyOnly, ""), "expected a certificate, found none");
    assertRefused(() -> keys(bare, foreign, ""), foreign + ": expected the private key of the");
    assertRefused(() -> keys(bare, another, ""), another + ": expected the EC key of the");
    assertRefused(() -> keys(bare, legacy, ""), legacy + ": expected a key as PKCS #8");
    assertRefused(() -> keys(bare, locked, "x"), locked + ": expected a key as PKCS #8");
    assertRefused(() -> keys(text, text, ""), "expected PEM or a PKCS12 store, found neither");
    assertRefused(
        () -> keys(keys.file(), keys.file(), "x"), "expected a store that clientKeyPassword opens");
  }

  private void assertShown(TestKeys keys, Path file, String password) throws Exception {
    X509KeyManager manager =
        Arrays.stream(keys(file, file, password))
            .filter(X509KeyManager.class::isInstance)
            .map(X509KeyManager.class::cast)
            .findFirst()
            .orElseThrow();
    String type = keys.key().getAlgorithm();
    String[] aliases = manager.getClientAliases(type, null);
    assertThat(aliases).hasSize(1);
    assertThat(manager.getCertificateChain(aliases[0])[0].getEncoded())
        .isEqualTo(keys.store().getCertificate("it").getEncoded());
    assertThat(manager.getPrivateKey(aliases[0])).isEqualTo(keys.key());
  }

  private static KeyManager[] keys(Path certificate, Path key, String password)
      throws IOException, GeneralSecurityException {
    return ClientKeys.of(new ClientIdentity(certificate, key, password));
  }

  private static void assertRefused(ThrowingCallable reading, String message) {
    assertThatThrownBy(reading)
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageStartingWith(message);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
