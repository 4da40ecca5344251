package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a user adds behind the landing has the file, and takes nothing back when it fails (I5). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OwnStepTest {

  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final GeneratedContent content = new GeneratedContent(1, 10_000);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin origin;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    origin = ScriptedOrigin.start();
    Files.writeString(directory.resolve("blocked"), "no directory");
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    ROOT.addAppender(log);
  }

  @AfterEach
  void stop() {
    ROOT.detachAppender(log);
    origin.close();
  }

  @Test
  void routeInTheShortFormIsNoMatterOfAWarning() throws Exception {
    try (Flow flow = Flow.prepared(directory, Map.of())) {
      flow.set("landed.uri", "direct:users");
      flow.addRoute(
          """
          - route:
              id: users
              from:
                uri: direct:users
                steps:
                  - log: "landed ${exchangeProperty.event[source]}"
                  - to: file:%s?fileName=told.json
          """
              .formatted(directory.resolve("told")));
      flow.add(RunningFlow.serve(origin, "a.bin", content));

      flow.pollOnce();
    }

    assertThat(directory.resolve("told/told.json")).exists();
    assertThat(errors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "deliver-file, method: confirm, 8, direct:users, noErrorHandler, direct://users, no such thing",
    "deliver-file, method: confirm, 8, direct:users, defaultErrorHandler, direct://users, no such thing",
    "deliver-file, method: confirm, 8, file:DIRECTORY/blocked, noErrorHandler, file://DIRECTORY/blocked, blocked",
    "transfer-file, uri: direct:deliver-file, 18, direct:users, noErrorHandler, direct://users, no such thing",
    "transfer-file, uri: direct:deliver-file, 18, direct:users, defaultErrorHandler, direct://users, no such thing"
  })
  void stepThatFailsBehindTheLandingIsOneError_andTheLandingIsToldAllTheSame(
      String route,
      String after,
      int indent,
      String uri,
      String errorHandler,
      String endpoint,
      String reason)
      throws Exception {
    try (Flow flow = Flow.prepared(directory, Map.of())) {
      flow.set("landed.uri", "file:" + directory.resolve("told") + "?fileName=told.json");
      users(flow, errorHandler);
      insert(flow, route, after, indent, uri);
      flow.add(RunningFlow.serve(origin, "a.bin", content));

      List<TransferEvent> ends = flow.pollOnce();

      assertThat(ends).extracting(TransferEvent::state).containsExactly(TransferState.LANDED);
      assertThat(flow.hasLanded("a.bin", content)).isTrue();
      assertThat(flow.running()).isEmpty();
      assertThat(directory.resolve("told/told.json")).content().contains("\"state\":\"landed\"");
      assertThat(errors())
          .singleElement()
          .asString()
          .startsWith("transfer=" + ends.get(0).transferId() + " source=a.bin state=landed ")
          .contains(" msg=\"a step after its end failed\" code=E5017 ")
          .contains(" lastEndpoint=\"" + here(endpoint) + "\" reason=\"", reason, " remedy=\"");
    }
    assertThat(told()).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void stepBehindTheLandingReceivesTheLandedFile_andTheEventIsToldAsEver() throws Exception {
    Path told = directory.resolve("told/a.json");
    try (Flow flow = Flow.prepared(directory, Map.of())) {
      flow.set("landed.uri", "file:" + told.getParent() + "?fileName=a.json");
      insert(flow, "deliver-file", "method: confirm", 8, "file:DIRECTORY/copies");
      flow.add(RunningFlow.serve(origin, "a.bin", content).to("in/a.bin"));

      assertThat(flow.pollOnce()).hasSize(1);

      assertThat(content.matches(directory.resolve("copies/in/a.bin"))).isTrue();
      assertThat(flow.hasLanded("in/a.bin", content)).isTrue();
      assertThat(told).content().contains("\"target\":\"in/a.bin\"");
    }
    assertThat(errors()).isEmpty();
  }

  /** Any other file would be read whole, into a heap that has no room for it. */
  @Test
  void landedFileIsItsPathAsText() throws Exception {
    try (Flow flow = Flow.prepared(directory, Map.of())) {
      flow.editRoute(
          "deliver-file",
          "method: confirm\n",
          "method: confirm\n"
              + "- log:\n    message: \"landed ${body}\"\n    loggingLevel: WARN\n".indent(8));
      flow.add(RunningFlow.serve(origin, "a.bin", content));

      flow.pollOnce();

      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .contains("landed " + flow.landed("a.bin"));
    }
  }

  private void insert(Flow flow, String route, String after, int indent, String uri) {
    String step =
        """
        - to:
            id: own
            uri: %s
        """
            .formatted(here(uri));
    flow.editRoute(route, after + "\n", after + "\n" + step.indent(indent));
  }

  private String here(String text) {
    return text.replace("DIRECTORY", directory.toString());
  }

  private static void users(Flow flow, String errorHandler) {
    flow.addRoute(
        """
        - route:
            id: users
            errorHandler:
              %s: {}
            from:
              uri: direct:users
              steps:
                - throwException:
                    exceptionType: java.lang.IllegalStateException
                    message: no such thing
        """
            .formatted(errorHandler));
  }

  private List<String> errors() {
    return told()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** Camel's own handler of errors tells what it gives up, too. */
  private Stream<ILoggingEvent> told() {
    return log.list.stream().filter(event -> !event.getLoggerName().startsWith("org.apache.camel"));
  }
}
