package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.transfer.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** On DEBUG every request and answer is a line, without what is secret. */
class ExchangeLogTest extends RunningFlow {

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.dromedary.http");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @Override
  Map<String, String> settings() {
    return Map.of("retry.backoff", "10ms");
  }

  @BeforeEach
  void listen() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void partThatResumesTellsRangeAndVersion() {
    Content content = content(400_000);
    Entry entry = serve("cut.bin", content).with("connections", "1");
    origin.script("/cut.bin", new CutAfter(100_000, false));

    flow.fetch(entry);

    String url = "url=" + origin.uri("/cut.bin") + " ";
    List<String> lines = lines();
    assertThat(lines).hasSize(4).allMatch(line -> line.contains("transfer=")).allMatch(at(url));
    assertThat(lines.get(0)).contains("msg=asks method=GET", "Range=\"bytes=0-");
    assertThat(lines.get(1))
        .contains(
            "msg=answered status=20", "ETag=\"", "Last-Modified=\"", "Server=\"dromedary-origin\"");
    assertThat(lines.get(2)).contains("Range=\"bytes=100000-", "If-Range=\"");
    assertThat(lines.get(3))
        .contains("status=206", "Content-Range=\"bytes 100000-399999/400000\"")
        .contains("Content-Length=\"300000\"");
  }

  @Test
  void whyAServerRefusesIsThere_whatIsSecretIsNot() {
    Entry entry =
        serve("denied.bin", content(10))
            .with("url", origin.uri("/denied.bin") + "?sig=5ecret")
            .with("headers", "{Authorization: Bearer 5ecret, X-Key: 5ecret}");
    origin.forever("/denied.bin", new RedirectTo("/login?next=5ecret#5ecret"));
    origin.forever(
        "/login", new Status(403, Map.of("Retry-After", "7", "Content-Type", "text/html"), ""));

    assertFailed(flow.fetch(entry), FailureCode.FORBIDDEN);

    assertThat(String.join("\n", lines()))
        .contains("url=" + origin.uri("/denied.bin") + "?…", "url=" + origin.uri("/login") + "?…")
        .contains("headers=\"Authorization, X-Key\"", "status=302", "Location=\"/login?…\"")
        .contains("status=403", "Retry-After=\"7\"", "Content-Type=\"text/html\"")
        .doesNotContain("5ecret");
  }

  @Test
  void userInformationOfARedirectIsNot() {
    Entry entry = serve("user.bin", content(10));
    origin.forever("/user.bin", new RedirectTo("//user:5ecret@h.test/a?5ecret"));

    flow.fetch(entry);

    assertThat(String.join("\n", lines()))
        .contains("Location=\"//…@h.test/a?…\"")
        .doesNotContain("5ecret");
  }

  @Test
  void digestFileIsAskedForAloud() {
    Content content = content(100);
    Entry entry = serve("sum.bin", content).with("digestFrom", ".sha256");
    origin.put(Resource.of("/sum.bin.sha256", FixedContent.of("nothing here")));
    origin.forever("/sum.bin.sha256", new Status(401));

    flow.fetch(entry);

    assertThat(lines())
        .anyMatch(at("url=" + origin.uri("/sum.bin.sha256") + " "))
        .anyMatch(at("status=401"));
  }

  private List<String> lines() {
    return log.list.stream()
        .map(ILoggingEvent::getFormattedMessage)
        .map(line -> line + " ")
        .toList();
  }

  private static Predicate<String> at(String text) {
    return line -> line.contains(text);
  }
}
