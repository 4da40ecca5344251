package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Silence is noticed for every request, whatever becomes of another (I7). */
class OpenRequestsTest {

  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void laterSilenceIsNoticed_whenAConnectionCouldNotBeClosed() {
    OriginSettings settings = new OriginSettings(SOON, SOON, SOON, 4, "watch/1", null);
    try (OpenRequests requests = new OpenRequests(settings, System::nanoTime)) {
      AtomicInteger failed = new AtomicInteger();
      OpenRequest broken =
          requests.opened(
              "broken",
              "http://h/broken",
              settings.silence(),
              () -> {
                failed.incrementAndGet();
                throw new AssertionError("closed badly");
              });
      await().atMost(LIMIT).until(() -> failed.get() > 1);
      AtomicBoolean isEnded = new AtomicBoolean();
      OpenRequest later =
          requests.opened("later", "http://h/later", settings.silence(), () -> isEnded.set(true));
      await().atMost(LIMIT).untilTrue(isEnded);
      requests.closed(later);
      requests.closed(broken);
    }
  }

  @Test
  void choreThatFailsIsNamed_andSparesTheNext() {
    Logger logger = (Logger) LoggerFactory.getLogger(OpenRequests.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    OriginSettings settings = new OriginSettings(SOON, SOON, SOON, 4, "watch/1", null);
    try (OpenRequests requests = new OpenRequests(settings, System::nanoTime)) {
      AtomicInteger done = new AtomicInteger();
      requests.everySecond(
          "sweep the floor",
          () -> {
            throw new AssertionError("no broom");
          });
      requests.everySecond("count", done::incrementAndGet);
      await().atMost(LIMIT).until(() -> done.get() > 1);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .isNotEmpty()
        .extracting(ILoggingEvent::getFormattedMessage)
        .allMatch(line -> line.contains("chore=\"sweep the floor\""));
  }
}
