package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What origins.yaml settles of TLS with a host: whom it trusts, and what it is shown. */
class ClientCertificateTest {

  private static final String TRUSTED = "caFile: %s\n";
  private static final String SHOWN = TRUSTED + "    clientCertificate: %s\n";

  @TempDir Path directory;

  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final Content content = new GeneratedContent(7, 300_000);
  private TestKeys clients;
  private TlsFront front;
  private Flow flow;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    clients = TestKeys.make(directory.resolve("clients.p12"), "EC");
    front = TlsFront.askingFor(clients, origin, directory);
    origin.put(Resource.of("/a.bin", content));
    flow = Flow.prepared(directory, Map.of("retry.tries", "1"));
    flow.set("origins", origins().toString());
  }

  @AfterEach
  void end() throws IOException {
    flow.close();
    front.close();
    origin.close();
  }

  @Test
  void hostIsShownWhatItsEntryNames() throws Exception {
    Path pem = file("client.pem", clients.certificatePem() + clients.keyPem());

    assertLanded(fetch(SHOWN, TlsFront.certificate(directory), pem));
  }

  @Test
  void keyMayBeApart_andStoresHaveAPassword() throws Exception {
    Path certificate = file("client.crt", clients.certificatePem());
    Path key = file("client.key", clients.keyPem());
    assertLanded(
        fetch(SHOWN + "    clientKey: %s\n", TlsFront.certificate(directory), certificate, key));

    Path password = file("password", TestKeys.PASSWORD + "\n");
    settle(
        SHOWN + "    clientKeyPassword: '{{file:%s}}'\n",
        TlsFront.certificate(directory),
        clients.file(),
        password);
    origin.put(Resource.of("/b.bin", content));
    assertLanded(flow.fetch(Entry.of("b.bin", front.uri("/b.bin"))));
  }

  @Test
  void hostThatAsksIsNotServedWithout() throws Exception {
    TransferEvent end = fetch(TRUSTED, TlsFront.certificate(directory));

    assertThat(end.code()).isIn(FailureCode.TLS_FAILED, FailureCode.CONNECTION_LOST);
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void certificateThatIsRenewedCountsFromTheNextConnectionOn() throws Exception {
    TestKeys old = TestKeys.make(directory.resolve("old.p12"), "EC");
    Path pem = file("client.pem", old.certificatePem() + old.keyPem());
    Files.setLastModifiedTime(pem, FileTime.fromMillis(1_000));
    assertThat(fetch(SHOWN, TlsFront.certificate(directory), pem).code()).isNotNull();

    file("client.pem", clients.certificatePem() + clients.keyPem());

    assertLanded(flow.fetchAgain(Entry.of("a.bin", front.uri("/a.bin"))));
  }

  @Test
  void certificateThatBecameNoUseIsTheOperatorsToMend() throws Exception {
    Path pem = file("client.pem", clients.certificatePem());

    TransferEvent end = fetch(SHOWN, TlsFront.certificate(directory), pem);

    assertThat(end.code()).isEqualTo(FailureCode.CREDENTIAL_UNREADABLE);
    assertThat(end.reason())
        .contains("clientCertificate " + pem)
        .contains("expected a private key, found none");
  }

  private TransferEvent fetch(String settled, Path... files) throws IOException {
    settle(settled, files);
    flow.start();
    return flow.fetch(Entry.of("a.bin", front.uri("/a.bin")));
  }

  private void settle(String settled, Path... files) throws IOException {
    String entry = settled.formatted((Object[]) files);
    Files.writeString(origins(), "origins:\n  - host: 127.0.0.1\n    " + entry);
  }

  private Path origins() {
    return directory.resolve("origins.yaml");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private void assertLanded(TransferEvent end) {
    assertThat(end.code()).as("%s", end).isNull();
    assertThat(flow.hasLanded(end.target(), content)).as("%s", end).isTrue();
  }
}
