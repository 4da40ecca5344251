package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSizeTest {

  private final AtomicInteger asked = new AtomicInteger();
  private final WindowSize size =
      new WindowSize(() -> new TerminalSize(asked.incrementAndGet(), 1));

  @ParameterizedTest
  @ValueSource(strings = {"WINCH", "CONT"})
  void isAskedOnce_andAgainWhenASignalSaysThatItMayBeAnother(String signal) throws IOException {
    assertThat(size.get().columns()).isEqualTo(1);
    assertThat(size.get().columns()).isEqualTo(1);

    new ProcessBuilder("kill", "-" + signal, Long.toString(ProcessHandle.current().pid())).start();

    await()
        .pollInterval(Duration.ofMillis(4))
        .atMost(Duration.ofSeconds(20))
        .until(() -> size.get().columns() == 2);
    assertThat(size.get().columns()).isEqualTo(2);
  }
}
