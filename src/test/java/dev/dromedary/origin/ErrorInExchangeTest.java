package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An error of Java's in one exchange costs its connection, and no other request (I5). */
class ErrorInExchangeTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicBoolean failsToResolve = new AtomicBoolean();
  private ScriptedOrigin server;
  private OpenRequests requests;
  private CloseableHttpClient client;

  @BeforeEach
  void start() {
    server = ScriptedOrigin.start();
    server.put(Resource.of("/a", new GeneratedContent(7, 1000)));
    OriginSettings settings = new OriginSettings(LONG, LONG, LONG, 4, "error/1", null);
    requests = new OpenRequests(settings, System::nanoTime);
    HttpClientBuilder builder = HttpClientBuilder.create();
    SystemDefaultDnsResolver names =
        new SystemDefaultDnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
            if (failsToResolve.get()) {
              throw lack();
            }
            return super.resolve(host);
          }
        };
    new OriginClient(
            settings,
            requests,
            AddressGuard.of(AddressGuard.Scope.OFF, ""),
            HostAccess.PLAIN,
            names)
        .configureHttpClient(builder);
    client = builder.build();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    requests.close();
    server.close();
  }

  @Test
  void othersAreServed_afterAnErrorWhileARequestIsSent() throws IOException {
    HttpGet request = new HttpGet(server.uri("/a"));
    request.setEntity(
        new EntityTemplate(
            10,
            ContentType.TEXT_PLAIN,
            null,
            out -> {
              throw lack();
            }));

    assertLacksMemory(request);

    assertServed();
  }

  @Test
  void othersAreServed_afterAnErrorWhileConnecting() throws IOException {
    failsToResolve.set(true);

    assertLacksMemory(new HttpGet(server.uri("/a")));

    failsToResolve.set(false);
    assertServed();
  }

  private void assertLacksMemory(ClassicHttpRequest request) {
    assertThatThrownBy(() -> client.executeOpen(null, request, null))
        .satisfies(
            why ->
                assertThat(FailureClassifier.classify(why).code())
                    .isEqualTo(FailureCode.NO_MEMORY));
  }

  private void assertServed() throws IOException {
    int served =
        client.execute(
            new HttpGet(server.uri("/a")),
            answer -> answer.getEntity().getContent().readAllBytes().length);
    assertThat(served).isEqualTo(1000);
  }

  private static OutOfMemoryError lack() {
    return new OutOfMemoryError("Cannot reserve 8192 bytes of direct buffer memory");
  }
}
