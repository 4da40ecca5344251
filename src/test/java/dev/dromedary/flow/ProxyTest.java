package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * By way of a proxy every promise holds, and what the proxy says for itself is no server's word.
 */
class ProxyTest {

  private static final int SIZE = 3_000_000;
  private static final String CREDENTIALS = "Basic dXNlcjpwOiBAc3M=";

  @TempDir Path directory;

  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final ForwardProxy proxy = ForwardProxy.start();
  private final Content content = new GeneratedContent(7, SIZE);
  private Flow flow;
  private TlsFront front;

  @AfterEach
  void end() throws IOException {
    if (flow != null) {
      flow.close();
    }
    if (front != null) {
      front.close();
    }
    proxy.close();
    origin.close();
  }

  @Test
  void plainRequestNamesTheWholeUrl_andLandsWithoutTheServerLearningOfTheProxy() {
    proxy.expect(CREDENTIALS);
    start("http://user:p%3A%20%40ss@" + proxy.address(), Map.of());

    assertLanded(flow.fetch(plain("a.bin")));

    assertThat(proxy.heads("GET " + origin.uri("/a.bin") + " HTTP/1.1")).isNotEmpty();
    assertThat(origin.requests()).allMatch(seen -> isFreeOfTheProxy(seen));
  }

  @Test
  void encryptedRequestGoesThroughATunnel_ofWhichFurtherOnesAreSpared() {
    proxy.expect(CREDENTIALS);
    start("http://user:p%3A%20%40ss@" + proxy.address(), Map.of("part.connections", "1"));

    assertLanded(flow.fetch(encrypted("a.bin")));
    assertLanded(flow.fetch(encrypted("b.bin")));

    assertThat(proxy.heads("CONNECT ")).hasSize(1);
    assertThat(proxy.heads()).hasSize(1);
    assertThat(origin.requests()).allMatch(seen -> isFreeOfTheProxy(seen));
  }

  @Test
  void proxyThatWantsOtherCredentialsIsTheOperatorsToMend() {
    proxy.expect(CREDENTIALS);
    start("http://user:wrong@" + proxy.address(), Map.of());

    TransferEvent plain = flow.fetch(plain("a.bin"));
    TransferEvent encrypted = flow.fetch(encrypted("b.bin"));

    for (TransferEvent end : List.of(plain, encrypted)) {
      assertThat(end.code()).isEqualTo(FailureCode.PROXY_REFUSED);
      assertThat(end.reason())
          .contains("proxy " + proxy.address())
          .contains("407")
          .doesNotContain("wrong");
    }
    assertThat(proxy.heads()).hasSize(2);
    assertThat(origin.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "206 Partial Content\r\nContent-Range: bytes 0-9/10\r\nETag: \"x\"\r\nContent-Length: 10",
        "304 Not Modified\r\nETag: \"x\"\r\nContent-Length: 0",
        "302 Found\r\nLocation: http://127.0.0.1:1/other\r\nContent-Length: 0",
        "201 Created\r\nContent-Length: 10",
        "404 Not Found\r\nContent-Length: 10",
        "403 Forbidden\r\nContent-Length: 1000000000"
      })
  void refusedTunnelIsNeverTheAnswerOfTheServer(String answer) {
    start("http://" + proxy.address(), Map.of());
    proxy.refuse("HTTP/1.1 " + answer + "\r\n\r\n0123456789");

    TransferEvent end = flow.fetch(encrypted("a.bin"));

    assertThat(end.code()).isEqualTo(FailureCode.PROXY_REFUSED);
    assertThat(end.reason()).contains(proxy.address()).contains(answer.substring(0, 3));
    assertThat(flow.landedNames()).isEmpty();
    assertThat(proxy.heads()).hasSize(1);
  }

  @Test
  void proxyThatDoesNotReachTheServerIsTriedAgain() {
    start("http://" + proxy.address(), Map.of());
    proxy.refuse("HTTP/1.1 502 Bad Gateway\r\n\r\n", "HTTP/1.1 503 Busy\r\n\r\n");

    TransferEvent end = flow.fetch(encrypted("a.bin"));

    assertLanded(end);
    assertThat(end.attempts()).isEqualTo(3);
    assertThat(flow.failures("a.bin")).containsExactly("PROXY_FAILED", "PROXY_FAILED");
  }

  @Test
  void proxyThatClosesIsNamed_andAskedOnceForEachTry() {
    start("http://" + proxy.address(), Map.of("retry.tries", "2"));
    proxy.refuse("", "ICY 200 OK\r\n\r\n");

    TransferEvent end = flow.fetch(encrypted("a.bin"));

    assertThat(end.code()).isEqualTo(FailureCode.PROXY_FAILED);
    assertThat(end.reason()).contains("proxy " + proxy.address());
    assertThat(proxy.heads()).hasSize(2);
  }

  @Test
  void mirrorThatTheProxyRefusesLeavesTheOthers() {
    start("http://" + proxy.address(), Map.of());
    proxy.refuse("HTTP/1.1 403 Forbidden\r\n\r\n");
    plain("a.bin");
    String urls = "['" + front.uri("/a.bin") + "', '" + origin.uri("/a.bin") + "']";

    assertLanded(flow.fetch(new Entry("a.bin", Map.of("urls", urls))));

    assertThat(proxy.heads()).hasSizeGreaterThan(1);
  }

  @Test
  void proxyThatGrantsFewTunnelsCostsTheFurtherConnectionsAlone() {
    Content large = new GeneratedContent(8, 24 << 20);
    start("http://" + proxy.address(), Map.of());
    proxy.limitTunnels(2);
    origin.put(Resource.of("/large.bin", large));
    origin.forever("/large.bin", new LimitRate(8_000_000));
    Entry entry = Entry.of("large.bin", front.uri("/large.bin")).with("connections", "4");

    TransferEvent end = flow.fetch(entry);

    assertThat(end.code()).as("%s", end).isNull();
    assertThat(end.attempts()).isEqualTo(1);
    assertThat(flow.hasLanded("large.bin", large)).isTrue();
    assertThat(proxy.heads("CONNECT ")).hasSizeGreaterThan(2);
  }

  @Test
  void tunnelThatBreaksIsResumedThroughAnother() {
    start("http://" + proxy.address(), Map.of("part.connections", "1"));
    proxy.cutOnceAfter(1_500_000);

    assertLanded(flow.fetch(encrypted("a.bin")));

    assertThat(proxy.heads("CONNECT ")).hasSize(2);
    long sent = origin.requests().stream().mapToLong(SeenRequest::bodyBytesSent).sum();
    assertThat(origin.requests("/a.bin").get(1).header("Range").orElse(""))
        .isNotEqualTo("bytes=0-");
    assertThat(sent).isLessThan(2 * SIZE);
  }

  @Test
  void proxyThatCannotBeReachedIsNamed() throws IOException {
    proxy.close();
    start("http://" + proxy.address(), Map.of("retry.tries", "1"));

    TransferEvent end = flow.fetch(plain("a.bin"));

    assertThat(end.code()).isEqualTo(FailureCode.CONNECT_FAILED);
    assertThat(end.reason()).contains("proxy " + proxy.address());
  }

  @Test
  void proxyThatSaysNothingIsBoundedInTime() {
    start(
        "http://" + proxy.address(),
        Map.of("retry.tries", "1", "http.first-byte-timeout", "300ms"));
    proxy.fallSilent();

    assertThat(flow.fetch(encrypted("a.bin")).code()).isEqualTo(FailureCode.FIRST_BYTE_TIMEOUT);
  }

  @Test
  void hostThatIsSettledWithoutIsAskedItself_fromTheNextPollOn() throws IOException {
    Path origins = Files.writeString(directory.resolve("origins.yaml"), "origins: []\n");
    start("http://" + proxy.address(), Map.of("origins", origins.toString()));
    assertLanded(flow.fetch(plain("a.bin")));
    int before = proxy.heads().size();

    Files.writeString(origins, "origins: [{host: 127.0.0.1, proxy: none}]\n");
    assertLanded(flow.fetch(plain("b.bin")));

    assertThat(before).isPositive();
    assertThat(proxy.heads()).hasSize(before);
  }

  /** What a name has for an address here, and what the proxy's resolver may read as one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.01",
        "0x0",
        "[::1]",
        "localhost",
        "a.localhost"
      })
  void redirectIntoTheNetworkOfTheProxyIsRefused(String host) {
    start("http://" + proxy.address(), Map.of());
    Entry entry = plain("a.bin");
    origin.script("/a.bin", new RedirectTo("http://" + host + ":" + origin.port() + "/b.bin"));

    TransferEvent end = flow.fetch(entry);

    assertThat(end.code()).isEqualTo(FailureCode.ADDRESS_REFUSED);
    assertThat(proxy.heads()).hasSize(1);
  }

  @Test
  void redirectToANameThatOnlyTheProxyKnowsIsFollowed() {
    start("http://" + proxy.address(), Map.of());
    Entry entry = plain("a.bin");
    origin.put(Resource.of("/b.bin", content));
    origin.forever("/a.bin", new RedirectTo("http://files.invalid:" + origin.port() + "/b.bin"));

    assertLanded(flow.fetch(entry));

    assertThat(proxy.heads("http://files.invalid:")).isNotEmpty();
  }

  private void start(String setting, Map<String, String> settings) {
    front = TlsFront.before(origin, directory);
    flow = Flow.prepared(directory, Map.of("part.chunk-size", "64KiB"));
    flow.set("http.proxy", setting);
    flow.set("http.ca-file", TlsFront.certificate(directory).toString());
    settings.forEach(flow::set);
    flow.start();
  }

  private Entry plain(String id) {
    origin.put(Resource.of("/" + id, content));
    return Entry.of(id, origin.uri("/" + id));
  }

  private Entry encrypted(String id) {
    origin.put(Resource.of("/" + id, content));
    return Entry.of(id, URI.create(front.uri("/" + id).toString()));
  }

  private void assertLanded(TransferEvent end) {
    assertThat(end.code()).as("%s", end).isNull();
    assertThat(flow.hasLanded(end.target(), content)).as("%s", end).isTrue();
  }

  private static boolean isFreeOfTheProxy(SeenRequest seen) {
    return seen.header("Proxy-Authorization").equals(Optional.empty())
        && seen.header("Proxy-Connection").equals(Optional.empty());
  }
}
