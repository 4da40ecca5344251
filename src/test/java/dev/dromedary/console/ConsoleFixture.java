package dev.dromedary.console;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A console on a free port over beans written by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("dev.dromedary beans")
abstract class ConsoleFixture {

  static final String JSON = "Content-Type: application/json";

  final ProgressBoard board = new ProgressBoard(Clock.systemUTC());
  FakeBeans beans = new FakeBeans(1000);
  private Console console = open();

  @BeforeAll
  void isOpen() {
    Answer live = Answer.to(address(), "GET", "/health/live", "");
    if (live.status() != 200) {
      throw new IllegalStateException("console does not answer: " + live);
    }
  }

  @AfterAll
  void closeAll() {
    console.close();
    beans.close();
  }

  ConsoleSettings settings() {
    return ConsoleSettings.loopback(0);
  }

  URI address() {
    return console.address();
  }

  Answer get(String path, String... headers) {
    return Answer.to(address(), "GET", path, "", headers);
  }

  Answer post(String body, String... headers) {
    return Answer.to(address(), "POST", "/jolokia/", body, headers);
  }

  static String exec(String bean, String operation, String arguments) {
    return "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\",\"arguments\":[%s]}"
        .formatted(bean, operation, arguments);
  }

  static String write(String bean, String attribute, String value) {
    return "{\"type\":\"write\",\"mbean\":\"%s\",\"attribute\":\"%s\",\"value\":%s}"
        .formatted(bean, attribute, value);
  }

  private Console open() {
    return Console.open(settings(), board, beans.server());
  }

  /** Returns a change of a transfer of as many bytes as arrived. */
  static TransferEvent event(
      TransferState state, long received, long network, @Nullable FailureCode code) {
    return new TransferEvent(
        Instant.EPOCH,
        "t",
        "s",
        "s.bin",
        state,
        OptionalLong.of(received),
        received,
        true,
        network,
        Duration.ofSeconds(2),
        1,
        1,
        code,
        null,
        null,
        null,
        null);
  }
}
