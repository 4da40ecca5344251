package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.origin.AddressGuard.Scope;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real client with names of our own making: what is judged is what is connected to (I6). */
class AddressGuardTest {

  private static final OriginSettings SETTINGS =
      new OriginSettings(
          Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 4, "test", null);

  private final ScriptedOrigin origin = ScriptedOrigin.start();
  private final OpenRequests requests = new OpenRequests(SETTINGS, System::nanoTime);
  private final FakeNames names = new FakeNames();
  private @Nullable CloseableHttpClient client;

  @BeforeEach
  void serve() {
    origin.put(Resource.of("/x", FixedContent.of("bytes")));
  }

  @AfterEach
  void close() throws IOException {
    if (client != null) {
      client.close();
    }
    requests.close();
    origin.close();
  }

  @Test
  void hostThatOnlyAServerNamedDoesNotReachLoopback() {
    names.answer("127.0.0.1");

    assertThatThrownBy(() -> get(guard(Scope.REDIRECTS, ""), false))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.ADDRESS_REFUSED))
        .hasMessage(
            "host cdn.test:%d: expected a public address, found 127.0.0.1 that is loopback",
            origin.port());
    assertThat(origin.requests()).isEmpty();
    assertThat(origin.openConnections()).isZero();
  }

  @Test
  void hostThatTheOwnerNamedMayBeAnywhere() throws IOException {
    names.answer("127.0.0.1");

    assertThat(get(guard(Scope.REDIRECTS, ""), true)).isEqualTo(200);
  }

  @Test
  void hostThatTheOwnerNamedIsGuarded_whenAllAre() {
    names.answer("127.0.0.1");

    assertThatThrownBy(() -> get(guard(Scope.ALL, ""), true))
        .isInstanceOf(DromedaryException.class);
    assertThat(origin.requests()).isEmpty();
  }

  @Test
  void nothingIsGuarded_whenItIsOff() throws IOException {
    names.answer("127.0.0.1");

    assertThat(get(guard(Scope.OFF, ""), false)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.0/8", "other.test, CDN.test.", "10.0.0.1 cdn.test"})
  void whatTheOperatorAllowsPasses(String allowed) throws IOException {
    names.answer("127.0.0.1");

    assertThat(get(guard(Scope.ALL, allowed), false)).isEqualTo(200);
  }

  @Test
  void addressJudgedIsTheAddressConnectedTo() throws IOException {
    names.answer("127.0.0.1");
    names.answer("127.0.0.2");

    assertThat(get(guard(Scope.REDIRECTS, "127.0.0.1"), false)).isEqualTo(200);
    assertThat(names.asked).hasSize(1);
  }

  @Test
  void onlyTheAddressesThatPassAreTried() throws IOException {
    names.answer("127.0.0.2", "10.0.0.1", "127.0.0.1");

    assertThat(get(guard(Scope.REDIRECTS, "127.0.0.1"), false)).isEqualTo(200);
  }

  @Test
  void keptAliveConnectionIsJudgedAgainBeforeAGuardedRequest() throws IOException {
    names.answer("127.0.0.1");
    AddressGuard guard = guard(Scope.REDIRECTS, "");
    assertThat(get(guard, true)).isEqualTo(200);
    assertThat(get(guard, true)).isEqualTo(200);

    assertThatThrownBy(() -> get(guard, false))
        .isInstanceOfSatisfying(
            DromedaryException.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.ADDRESS_REFUSED));
    assertThat(names.asked).as("the connection was kept").hasSize(1);
    assertThat(origin.requests()).hasSize(2);
    assertThat(get(guard, true)).as("nothing is left behind").isEqualTo(200);
  }

  @Test
  void markOfANamedHostIsNotSent() throws IOException {
    names.answer("127.0.0.1");
    get(guard(Scope.REDIRECTS, ""), true);

    assertThat(origin.requests().get(0).header(OriginHeaders.NAMED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/x",
    "10.0.0.256",
    "fe80::/129",
    "fe80::zz",
    "http://a.test/",
    "a_b.test",
    "*.test",
  })
  void refusesToAllowWhatItCannotRead(String allowed) {
    assertThatThrownBy(() -> guard(Scope.ALL, allowed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AddressGuard guard(Scope scope, String allowed) {
    return AddressGuard.of(scope, allowed);
  }

  private int get(AddressGuard guard, boolean named) throws IOException {
    if (client == null) {
      HttpClientBuilder builder = HttpClientBuilder.create();
      new OriginClient(SETTINGS, requests, guard, HostAccess.PLAIN, names)
          .configureHttpClient(builder);
      client = builder.build();
    }
    HttpGet request = new HttpGet("http://cdn.test:" + origin.port() + "/x");
    if (named) {
      request.setHeader(OriginHeaders.NAMED, "owner");
    }
    return client.execute(
        request,
        response -> {
          EntityUtils.toByteArray(response.getEntity());
          return response.getCode();
        });
  }

  /** Answers of a name server, one after another; the last one again and again. */
  private static final class FakeNames implements DnsResolver {
    private final List<InetAddress[]> answers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    void answer(String... addresses) {
      InetAddress[] found = new InetAddress[addresses.length];
      for (int i = 0; i < addresses.length; i++) {
        found[i] = AddressBlock.parse(addresses[i]).first();
      }
      answers.add(found);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      asked.add(host);
      return answers.get(Math.min(asked.size(), answers.size()) - 1);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
