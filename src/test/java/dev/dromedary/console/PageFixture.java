package dev.dromedary.console;

import dev.dromedary.observe.ProgressBoard;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page in a real Chromium, over beans written by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ResourceLock("dev.dromedary beans")
abstract class PageFixture {

  static final int SOURCES = 100_000;

  final Browser browser = Browser.open();
  final FakeBeans beans = new FakeBeans(SOURCES);
  final Console console =
      Console.open(
          ConsoleSettings.loopback(0), new ProgressBoard(Clock.systemUTC()), beans.server());

  @BeforeAll
  void open() {
    browser.driver().get(console.address().toString());
    browser.awaitText("#state", "ready");
  }

  @AfterAll
  void closeAll() {
    browser.close();
    console.close();
    beans.close();
  }
}
