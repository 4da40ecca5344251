package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever endpoint delivers, only the verified bytes count as landed (I1). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeliveryUriTest {

  private static final int SIZE = 1000;
  private static final String ID = "a.bin";

  private final GeneratedContent content = new GeneratedContent(1, SIZE);
  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin origin;

  @BeforeEach
  void start(@TempDir Path temporary) {
    directory = temporary;
    origin = ScriptedOrigin.start();
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fileThatStoodThereBeforeIsNotTakenForTheDeliveredOne(boolean hasDigest) throws Exception {
    try (Flow flow = deliveringTo("file:" + directory.resolve("elsewhere"))) {
      Path old = standing(flow);

      TransferEvent end = fetch(flow, hasDigest);

      assertNotDelivered(end);
      assertThat(end.reason()).contains("what stood at " + old + " before is still there");
      assertThat(old).hasContent("x".repeat(SIZE));
      assertThat(content.matches(directory.resolve("elsewhere").resolve(ID))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endpointMayCopy(boolean standsThere) throws Exception {
    try (Flow flow = deliveringTo("direct:users")) {
      users(flow, "removeHeader", "name", "CamelFileLocalWorkPath");
      if (standsThere) {
        standing(flow);
      }

      TransferEvent end = fetch(flow, true);

      assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
      assertThat(flow.hasLanded(ID, content)).isTrue();
      assertThat(flow.staged(ID)).isEmpty();
    }
  }

  @Test
  void copyOfOtherBytesDoesNotCount_whereADigestIsKnown() throws Exception {
    try (Flow flow = deliveringTo("direct:users")) {
      users(flow, "setBody", "expression", "{constant: {expression: " + "y".repeat(SIZE) + "}}");

      TransferEvent end = fetch(flow, true);

      assertNotDelivered(end);
      assertThat(end.reason()).contains("sha-256: expected ", ", found ");
    }
  }

  /** A route that names no error handler has one that gives up at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.ConnectException",
        "java.net.SocketTimeoutException",
        "java.io.IOException",
        "java.io.InterruptedIOException",
        "java.util.concurrent.RejectedExecutionException"
      })
  void routeThatFailsIsTriedAsOftenAsAnyServer_alsoWithAnErrorHandlerOfItsOwn(String thrown)
      throws Exception {
    try (Flow flow =
        Flow.prepared(directory, Map.of("delivery.uri", "direct:users", "retry.tries", "3"))) {
      usersThrow(flow, thrown);

      TransferEvent end = fetch(flow, true);

      assertThat(end.state()).as("%s", end).isEqualTo(TransferState.FAILED);
      assertThat(end.code()).as("%s", end).isEqualTo(FailureCode.DELIVERY_UNREACHED);
      assertThat(end.reason()).contains("a.bin: cannot deliver to a.bin: ", ": refused");
      assertThat(end.attempts()).as("one that brought the bytes, three without").isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.security.cert.CertificateException",
        "org.apache.hc.client5.http.UnsupportedSchemeException"
      })
  void whatAnEndpointDoesNotAcceptIsNoFaultOfTheSource(String thrown) throws Exception {
    try (Flow flow = deliveringTo("direct:users")) {
      usersThrow(flow, thrown);

      TransferEvent end = fetch(flow, true);

      assertNotDelivered(end);
      assertThat(end.reason()).contains("a.bin: cannot deliver to a.bin: ", ": refused");
    }
  }

  private static void usersThrow(Flow flow, String type) {
    flow.addRoute(
        """
        - route:
            id: users
            from:
              uri: direct:users
              steps:
                - throwException:
                    exceptionType: %s
                    message: refused
        """
            .formatted(type));
  }

  private Flow deliveringTo(String uri) {
    return Flow.prepared(directory, Map.of("delivery.uri", uri));
  }

  /** Adds a route that changes the message before it writes it into the landing zone. */
  private static void users(Flow flow, String step, String option, String value) {
    flow.addRoute(
        """
        - route:
            id: users
            errorHandler:
              noErrorHandler: {}
            from:
              uri: direct:users
              steps:
                - %s:
                    %s: %s
                - to:
                    uri: file:%s
        """
            .formatted(step, option, value, flow.landing()));
  }

  private static Path standing(Flow flow) throws IOException {
    Files.createDirectories(flow.landing());
    return Files.writeString(flow.landed(ID), "x".repeat(SIZE));
  }

  private TransferEvent fetch(Flow flow, boolean hasDigest) throws InterruptedException {
    Entry entry = RunningFlow.serve(origin, ID, content);
    flow.add(hasDigest ? entry.withDigestOf(content) : entry);
    return flow.pollOnce().get(0);
  }

  private static void assertNotDelivered(TransferEvent end) {
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.FAILED);
    assertThat(end.code()).as("%s", end).isEqualTo(FailureCode.DELIVERY_FAILED);
  }
}
