package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening and serving: ports, certificates, the files of the page. */
class ConsoleTest extends ConsoleFixture {

  @Test
  void takenPortIsToldWithItsRemedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ConsoleSettings settings = ConsoleSettings.loopback(taken.getLocalPort());
      assertThatThrownBy(
              () -> Console.open(settings, new ProgressBoard(Clock.systemUTC()), beans.server()))
          .isInstanceOfSatisfying(
              DromedaryException.class,
              e -> {
                assertThat(e.code()).isEqualTo(FailureCode.CONSOLE);
                assertThat(e.report())
                    .contains(
                        "console 127.0.0.1:"
                            + taken.getLocalPort()
                            + ": expected a free port, found it in use ",
                        "dromedary.console.port");
              });
    }
  }

  @Test
  void pageAndItsFilesAreServed_andNothingElse() {
    assertThat(get("/").body()).contains("<title>Dromedary</title>");
    assertThat(get("/uplot.js").header("Content-Type")).contains("text/javascript; charset=utf-8");
    for (String path :
        new String[] {
          "/../console.css",
          "/%2e%2e/etc/passwd",
          "/page/index.html",
          "/index.html%00",
          "/dev/dromedary/console/Console.class"
        }) {
      assertThat(get(path).status()).as(path).isBetween(400, 404);
    }
  }

  @Test
  void fileThatTheBrowserHasIsNotSentAgain() {
    String tag = get("/console.js").header("ETag").orElseThrow();
    Answer again = get("/console.js", "If-None-Match: " + tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void storeWithACertificateMakesItSpeakTls(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("keys.p12");
    Path password = Files.writeString(directory.resolve("password"), "changeit\n");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "console",
                "-storetype",
                "PKCS12",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-J-Duser.language=en",
                "-J-Duser.country=US")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    ConsoleSettings settings = new ConsoleSettings("127.0.0.1", 0, Set.of(), null, store, password);
    try (Console console =
        Console.open(settings, new ProgressBoard(Clock.systemUTC()), beans.server())) {
      assertThat(console.address().getScheme()).isEqualTo("https");
      Answer answer =
          Answer.to(
              trusting(store).getSocketFactory(), console.address(), "GET", "/health/live", "");
      assertThat(answer.status()).isEqualTo(200);
      Files.writeString(password, "wrong\n");
      assertThatThrownBy(() -> TlsKeys.open(store, password))
          .hasMessageContaining("dromedary.console.keystore")
          .hasMessageNotContaining("wrong");
    }
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(store)) {
      keys.load(bytes, "changeit".toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("console", keys.getCertificate("console"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
