package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.WireFault;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * An endpoint of landed.uri or failed.uri that does not take its event changes nothing and is told
 * of in one line; what it needs more is for a route of the user's (I5).
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UntoldEventTest {

  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final GeneratedContent content = new GeneratedContent(1, 10_000);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicInteger asked = new AtomicInteger();

  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private HttpServer hook;

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin origin;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    origin = ScriptedOrigin.start();
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.start();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    ROOT.addAppender(log);
  }

  @AfterEach
  void stop() {
    ROOT.detachAppender(log);
    hook.stop(0);
    origin.close();
  }

  @ParameterizedTest
  @CsvSource({
    "HOOK/key-5ecret?x=5ecret, http://HOST/…, statusCode: 500",
    "http:127.0.0.1:1/key-5ecret, http://127.0.0.1:1/…, refused",
    "file:DIRECTORY/blocked, file://DIRECTORY/blocked, blocked",
    "direct:users, direct://users, no such hook"
  })
  void untoldEventIsOneLine_andTheTransferStaysAsItEnded(String uri, String endpoint, String reason)
      throws Exception {
    answer(Integer.MAX_VALUE);
    Files.writeString(directory.resolve("blocked"), "no directory");
    try (Flow flow = Flow.prepared(directory, Map.of("landed.uri", here(uri)))) {
      flow.set("failed.uri", here(uri));
      flow.addRoute(
          """
          - route:
              id: users
              errorHandler:
                noErrorHandler: {}
              from:
                uri: direct:users
                steps:
                  - throwException:
                      exceptionType: java.lang.IllegalStateException
                      message: no such hook
          """);
      flow.add(RunningFlow.serve(origin, "here.bin", content));
      flow.add(Entry.of("absent.bin", origin.uri("/absent.bin")));

      List<TransferEvent> ends = flow.pollOnce();

      assertThat(ends)
          .extracting(TransferEvent::state)
          .containsExactlyInAnyOrder(TransferState.LANDED, TransferState.FAILED);
      assertThat(flow.hasLanded("here.bin", content)).isTrue();
      assertThat(flow.<Integer>ledger(ledger -> ledger.active().size())).isZero();
      for (TransferEvent end : ends) {
        assertThat(warnings())
            .filteredOn(line -> line.startsWith("transfer=" + end.transferId()))
            .singleElement()
            .asString()
            .contains("source=" + end.sourceId() + " state=" + end.state().word())
            .contains(
                " code=E5008 setting=" + setting(end) + " endpoint=\"" + here(endpoint), reason)
            .contains(" remedy=\"check the endpoint of landed.uri or failed.uri")
            .doesNotContain("5ecret");
      }
    }
    assertThat(warnings()).as("these, and that of the failed transfer").hasSize(3);
    assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @ParameterizedTest
  @CsvSource({
    "landed.uri, direct:users, ERROR, code=E5008",
    "delivery.uri, direct:users, WARN, code=E5004",
    "landed.uri, seda:users, WARN, Error processing exchange"
  })
  void failureOfARouteThatSaysNothingOfErrors_isToldOnce(
      String setting, String uri, String level, String words) {
    try (Flow flow = Flow.prepared(directory, Map.of(setting, uri))) {
      flow.addRoute(
          """
          - route:
              id: users
              from:
                uri: %s
                steps:
                  - throwException:
                      exceptionType: java.lang.IllegalStateException
                      message: no such hook
          """
              .formatted(uri));
      flow.start();

      flow.fetch(RunningFlow.serve(origin, "here.bin", content));

      await().atMost(Flow.LIMIT).until(() -> !warnings().isEmpty());
    }
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .singleElement()
        .satisfies(event -> assertThat(event.getLevel()).hasToString(level))
        .satisfies(
            event -> assertThat(event.getFormattedMessage()).contains(words, "no such hook"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct:users", "seda:users"})
  void routeOfTheUsersTellsItAgain_byItsOwnErrorHandler(String uri) {
    answer(2);
    try (Flow flow = Flow.prepared(directory, Map.of("landed.uri", uri, "failed.uri", uri))) {
      flow.addRoute(
          """
          - route:
              id: users
              errorHandler:
                defaultErrorHandler:
                  redeliveryPolicy:
                    maximumRedeliveries: 5
                    redeliveryDelay: "10"
              from:
                uri: %s
                steps:
                  - to:
                      uri: %s
          """
              .formatted(uri, here("HOOK")));
      flow.start();

      TransferEvent end = flow.fetch(RunningFlow.serve(origin, "here.bin", content));

      assertThat(end.state()).isEqualTo(TransferState.LANDED);
      await().atMost(Flow.LIMIT).until(() -> asked.get() == 3);
    }
    assertThat(warnings()).noneMatch(line -> line.contains("E5008"));
  }

  /** One worker: each file is fetched only when the event of the one before was given up. */
  @ParameterizedTest
  @ValueSource(strings = {"http:HOST/hook", "http:HOST/hook?x=1", "direct:users"})
  void endpointThatNeverAnswersHoldsItsWorkerForItsTimeOnly(String uri) throws Exception {
    origin.forever("/hook", new WireFault.StallBeforeHeaders());
    String hung = origin.uri("/hook").toString().replace("http://", "http:");
    String tells = uri.replace("http:HOST/hook", hung);
    try (Flow flow = Flow.prepared(directory, Map.of("landed.uri", tells, "failed.uri", tells))) {
      flow.set("events.timeout", "500ms");
      flow.set("transfer.concurrency", "1");
      flow.addRoute(
          """
          - route:
              id: users
              from:
                uri: direct:users
                steps:
                  - to:
                      uri: %s?responseTimeout=4000
          """
              .formatted(hung));
      flow.add(RunningFlow.serve(origin, "first.bin", content));
      flow.add(RunningFlow.serve(origin, "second.bin", content));
      flow.add(Entry.of("absent.bin", origin.uri("/absent.bin")));
      long begun = System.nanoTime();

      List<TransferEvent> ends = flow.pollOnce();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      assertThat(ends).hasSize(3);
      assertThat(flow.ends("first.bin")).singleElement().extracting("state").hasToString("LANDED");
      for (TransferEvent end : ends) {
        assertThat(warnings())
            .filteredOn(line -> line.startsWith("transfer=" + end.transferId()))
            .singleElement()
            .asString()
            .contains(" state=" + end.state().word() + " ", " code=E5008 setting=" + setting(end))
            .contains(" reason=\"it was not taken within 500ms (events.timeout)\" ");
      }
    }
    assertThat(origin.requests("/hook")).hasSize(3);
    await()
        .atMost(Flow.LIMIT)
        .until(() -> origin.requests("/hook").stream().allMatch(one -> one.endedAt().isPresent()));
  }

  @Test
  void onePollIsOverWhenItsLastEventIsTold() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger told = new AtomicInteger();
    hook.createContext(
        "/",
        exchange -> {
          asked.countDown();
          exchange.getRequestBody().readAllBytes();
          LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
          told.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    try (Flow flow = Flow.prepared(directory, Map.of("landed.uri", here("HOOK/slow")))) {
      flow.add(RunningFlow.serve(origin, "here.bin", content));

      assertThat(flow.pollOnce()).hasSize(1);
    }
    assertThat(asked.getCount()).isZero();
    assertThat(told).hasValue(1);
    assertThat(warnings()).isEmpty();
  }

  private static String setting(TransferEvent end) {
    return end.state() == TransferState.LANDED ? "landed.uri" : "failed.uri";
  }

  private void answer(int failures) {
    hook.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(asked.incrementAndGet() <= failures ? 500 : 204, -1);
          exchange.close();
        });
  }

  private String here(String text) {
    String host = "127.0.0.1:" + hook.getAddress().getPort();
    return text.replace("HOOK", "http:HOST")
        .replace("HOST", host)
        .replace("DIRECTORY", directory.toString());
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
