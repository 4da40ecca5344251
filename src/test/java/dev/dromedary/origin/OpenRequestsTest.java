package dev.dromedary.origin;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
              settings.silence(),
              () -> {
                failed.incrementAndGet();
                throw new AssertionError("closed badly");
              });
      await().atMost(LIMIT).until(() -> failed.get() > 1);
      AtomicBoolean isEnded = new AtomicBoolean();
      OpenRequest later = requests.opened("later", settings.silence(), () -> isEnded.set(true));
      await().atMost(LIMIT).untilTrue(isEnded);
      requests.closed(later);
      requests.closed(broken);
    }
  }
}
