package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What the page shows and does, with 100,000 sources and hostile names. */
class PageIT extends PageFixture {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void lastOfAHundredThousandRowsIsShown_withFewRowsInThePage() {
    browser.run("const s = document.querySelector('.scroll'); s.scrollTop = s.scrollHeight;");
    browser.find("[data-source='source-" + (SOURCES - 1) + "']");
    assertThat(browser.driver().findElements(By.cssSelector(".space .row"))).hasSizeLessThan(80);
    browser.run("document.querySelector('.scroll').scrollTop = 0;");
    browser.find("[data-source='alpha']");
  }

  @Test
  void scrollingThroughAHundredThousandRowsDoesNotStutter() {
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    Object longest =
        ((org.openqa.selenium.JavascriptExecutor) browser.driver())
            .executeAsyncScript(
                """
                const done = arguments[0];
                const scroll = document.querySelector('.scroll');
                const frames = [];
                let last = performance.now();
                let step = 0;
                const next = (now) => {
                  frames.push(now - last);
                  last = now;
                  scroll.scrollTop += 2500;
                  if (++step < 120) { requestAnimationFrame(next); return; }
                  frames.sort((a, b) => a - b);
                  done(frames[Math.floor(frames.length * 0.9)]);
                };
                requestAnimationFrame(next);
                """);
    assertThat(Double.parseDouble(String.valueOf(longest)))
        .as("ms of nine frames in ten")
        .isLessThan(100);
  }

  @Test
  void searchNarrowsTheRowsAndTellsHowMany() {
    browser.type("#sources-filter", "source-99999");
    browser.awaitText("#sources-count", "1 of 100,000");
    browser.find("[data-source='source-99999']");
    browser.find("#sources-filter").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    browser.find("[data-source='alpha']");
  }

  @Test
  void dueTimeThatHasComeIsToldAsWhatIsWaitedFor() {
    browser.awaitText("#sources [data-source='alpha'] .c-next-due", "in 2");
    assertThat(due("under-way")).isEqualTo("running");
    assertThat(due("held")).isEqualTo("paused");
    assertThat(due("about-to-be-polled")).isEqualTo("now");
  }

  private String due(String id) {
    return browser.find("#sources [data-source='" + id + "'] .c-next-due").getText();
  }

  @Test
  void hostileNameIsTextEverywhere() {
    browser.awaitText("#transfers-list .name", FakeBeans.HOSTILE);
    browser.awaitText("#failures-list .name", "gone-" + FakeBeans.HOSTILE);
    browser.awaitText(".c-source", FakeBeans.HOSTILE);
    assertThat(browser.driver().findElements(By.cssSelector("img[src=x]"))).isEmpty();
    assertThat(browser.driver().getTitle()).contains("Dromedary").doesNotContain("owned");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void buttonsReachTheBeans() {
    browser.find("[data-source='alpha'] [aria-label='Poll alpha']").click();
    browser.find("[data-source='alpha'] [aria-label='Pause alpha']").click();
    browser.find("[aria-label='Cancel disk.img']").click();
    browser.find("[aria-label='Retry missing.bin']").click();
    browser.find("#poll-now").click();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(beans.sources.commands).contains("poll alpha", "pause alpha");
              assertThat(beans.transfers.commands).contains("cancel t-disk.img");
              assertThat(beans.failures.commands).contains("retry t-missing.bin");
              assertThat(beans.service.commands).contains("pollNow");
            });
    browser.awaitText("#notes", "it runs already");
  }

  @Test
  void everythingIsReachedByKeyboard_andDiscardingAsksFirst() {
    browser.find("[aria-label='Discard missing.bin']").sendKeys(Keys.ENTER);
    assertThat(browser.find("#confirm-question").getText()).contains("missing.bin");
    browser.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
    browser.awaitGone("#confirm");
    assertThat(beans.failures.commands).doesNotContain("discard t-missing.bin");
    browser.find("[aria-label='Discard missing.bin']").sendKeys(Keys.ENTER);
    browser.find("#confirm-yes").sendKeys(Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.failures.commands.contains("discard t-missing.bin"));
  }

  @Test
  void wrongLimitIsToldBesideTheField_andNothingIsSet() {
    browser.type("#limit-rate-value", "fast" + Keys.ENTER);
    browser.awaitText("#limit-error", "expected bytes a second");
    assertThat(browser.find("#limit-rate-value").getAttribute("aria-invalid")).isEqualTo("true");
    assertThat(beans.limits.getBytesPerSecond()).isZero();
    browser.type("#limit-rate-value", "20MiB/s" + Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.limits.getBytesPerSecond() == 20L << 20);
    browser.type("#limit-rate-value", "0" + Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.limits.getBytesPerSecond() == 0);
  }

  @Test
  void connectionsAreShownForEachHost_andSetForOne() {
    browser.awaitText("#limit-facts", "3 of 4 connections, 2 transfers wait");
    browser.type("#limit-connections-host", "busy.example");
    browser.type("#limit-connections-value", "2" + Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.limits.getOriginConnections().containsValue(2));
    browser.awaitText("#limit-facts", "2 connections at most");
    browser.type("#limit-connections-value", "0" + Keys.ENTER);
    browser.awaitText("#limit-error", "expected 1 to 1000 connections, or configured");
    browser.type("#limit-connections-value", "configured" + Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.limits.getOriginConnections().isEmpty());
  }

  @Test
  void numberOfTransfersIsSet_andTakenBackWithOneWord() {
    browser.type("#limit-concurrency-value", "6" + Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.limits.getConcurrency() == 6);
    browser.type("#limit-concurrency-value", "9" + Keys.ENTER);
    browser.awaitText("#limit-error", "expected 1 to 8 transfers at a time, or configured");
    browser.type("#limit-concurrency-value", "configured" + Keys.ENTER);
    await().atMost(LIMIT).until(() -> beans.limits.getConcurrency() == 4);
    browser.awaitText("#notes", "at a time: as configured");
  }

  @Test
  void everyTabTellsItsNumber_beforeItIsOpened() {
    browser.awaitText("#transfers-views button:nth-child(1)", "running 3");
    browser.awaitText("#transfers-views button:nth-child(2)", "waiting 1");
    browser.awaitText("#transfers-views button:nth-child(3)", "ended lately 2");
  }

  @Test
  void refusedSourceListIsToldAboveEverything_untilItIsGood() {
    beans.service.refused = java.util.Map.of("/srv/sources.yaml", "<b>line 3</b>");
    browser.awaitText(
        "#refused", "/srv/sources.yaml is refused and holds as it was: <b>line 3</b>");
    beans.service.refused = java.util.Map.of();
    browser.awaitGone("#refused");
  }

  @Test
  void openTabIsToldAsPressed_fromTheStart() {
    browser.driver().navigate().refresh();
    browser.awaitText("#transfers-views [aria-pressed='true']", "running");
    assertThat(browser.texts("#transfers-views [aria-pressed='false']")).hasSize(2);
  }

  @Test
  void everyControlAndRegionHasAName() {
    assertThat(
            browser.run(
                """
                const named = (e) => e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')
                  || e.textContent.trim() || (e.labels && e.labels.length);
                return [...document.querySelectorAll('button, input, select, section, [role], [tabindex="0"]')]
                  .filter((e) => e.checkVisibility() && !named(e)
                    && !['status', 'alert', 'presentation', 'cell', 'columnheader', 'rowgroup'].includes(e.getAttribute('role')))
                  .map((e) => e.outerHTML.slice(0, 120)).join('\\n');
                """))
        .isEqualTo("");
  }

  @Test
  void hostilePageOfAnotherOriginGetsNothingDone() throws IOException {
    int before = beans.service.commands.size();
    String page =
        """
        <!doctype html><title>waiting</title><body><script>
        const at = 'CONSOLEjolokia/';
        const body = '{"type":"exec","mbean":"dev.dromedary:type=Service","operation":"pollNow"}';
        const json = {'Content-Type': 'application/json'};
        const tries = [
          fetch(at, {method: 'POST', body}),
          fetch(at, {method: 'POST', body, mode: 'no-cors'}),
          fetch(at, {method: 'POST', body, headers: json}),
          fetch(at, {method: 'POST', body: new Blob([body], {type: 'text/plain'}), mode: 'no-cors'}),
          fetch(at + 'read/dev.dromedary:type=Service'),
          fetch(at + 'exec/dev.dromedary:type=Service/pollNow', {mode: 'no-cors'}),
          fetch('CONSOLEmetrics'),
        ];
        navigator.sendBeacon(at, new Blob([body], {type: 'application/json'}));
        for (const tag of ['img', 'script', 'iframe']) {
          const e = document.createElement(tag);
          e.src = at + 'exec/dev.dromedary:type=Service/pollNow';
          document.body.append(e);
        }
        const form = document.createElement('form');
        form.method = 'post'; form.action = at; form.enctype = 'text/plain'; form.target = 'f';
        const field = document.createElement('input');
        field.name = body.slice(0, -1) + ',"x":"'; field.value = '"}';
        form.append(field); document.body.append(form);
        const frame = document.createElement('iframe'); frame.name = 'f'; document.body.append(frame);
        form.submit();
        Promise.allSettled(tries).then((all) => {
          const read = all.filter((t) => t.status === 'fulfilled' && t.value.type !== 'opaque').length;
          setTimeout(() => { document.title = 'done, ' + read + ' answers'; }, 700);
        });
        </script>
        """
            .replace("CONSOLE", console.address().toString());
    HttpServer evil =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    evil.createContext(
        "/",
        exchange -> {
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    evil.start();
    try {
      browser.driver().get("http://localhost:" + evil.getAddress().getPort() + "/");
      await()
          .atMost(LIMIT)
          .until(() -> String.valueOf(browser.driver().getTitle()).startsWith("done"));
      assertThat(browser.driver().getTitle()).isEqualTo("done, 0 answers");
      assertThat(beans.service.commands).hasSize(before);
    } finally {
      evil.stop(0);
      browser.driver().get(console.address().toString());
      browser.awaitText("#state", "ready");
      browser.complaints();
    }
  }
}
