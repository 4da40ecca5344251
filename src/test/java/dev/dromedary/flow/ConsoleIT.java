package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.console.Browser;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The console in a real Chromium on the real service with the real routes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT extends RunningFlow {

  private static final long MIB = 1 << 20;
  private static final int LAST = Integer.MAX_VALUE;
  private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

  private final Browser browser = Browser.open();

  @Override
  Map<String, String> settings() {
    return Map.of("console.port", "0", "poll.interval", "200ms");
  }

  @BeforeAll
  void openPage() {
    browser.driver().get(flow.console().toString());
    browser.awaitText("#state", "ready");
  }

  @AfterAll
  void closeBrowser() {
    browser.close();
  }

  @Test
  void transferIsSeenFromNothingToAHundredPercent() {
    origin.rateLimitPerConnection(3 * MIB / 2);
    Content content = content(24 * MIB);
    flow.add(serve("seen.bin", content).withDigestOf(content).with("connections", "4"));
    String bar = "#transfers-list [data-source='seen.bin'] .progress";
    browser.find(bar);
    TreeSet<Integer> seen = new TreeSet<>();
    await()
        .atMost(Flow.LIMIT)
        .until(
            () -> {
              // asked in one step: the bar goes away when the transfer ends
              Object percent =
                  browser.run(
                      "return document.querySelector(arguments[0])?.getAttribute('aria-valuenow')",
                      bar);
              if (String.valueOf(percent).matches("\\d+")) {
                seen.add(Integer.parseInt(String.valueOf(percent)));
              }
              return !flow.ends("seen.bin").isEmpty();
            });
    assertLanded(flow.awaitEnd("seen.bin", 1), content);
    assertThat(seen).as("percent shown").hasSizeGreaterThan(2);
    assertThat(seen.first()).isLessThan(60);
    browser.find("#transfers-views button:nth-child(3)").click();
    browser.awaitText("#transfers-list [data-source='seen.bin'] .percent", "100 %");
    browser.awaitText("#transfers-list [data-source='seen.bin'] .how", "verified by sha-256");
    browser.find("#transfers-views button:nth-child(1)").click();
    browser.awaitText("#sources [data-source='seen.bin'] .badge", "landed");
    origin.rateLimitPerConnection(0);
  }

  @Test
  void failureIsShownWithCodeAndRemedy_andLandsAfterAClickOnRetry() {
    flow.add(Entry.of("absent.bin", origin.uri("/absent.bin")));
    assertThat(flow.awaitEnd("absent.bin", 1).code()).isEqualTo(FailureCode.NOT_FOUND);
    String letter = "#failures-list [data-source='absent.bin']";
    browser.awaitText(letter + " .code", "E4404");
    browser.awaitText(letter + " .remedy", FailureCode.NOT_FOUND.remedy());
    Content content = content(1000);
    origin.put(Resource.of("/absent.bin", content));
    browser.find(letter + " [aria-label='Retry absent.bin']").click();
    assertLanded(flow.awaitEnd("absent.bin", 2), content);
    browser.awaitGone(letter);
  }

  @Test
  void limitThatIsChangedIsObeyedByWhatRuns() {
    browser.type("#limit-rate-value", "1MiB" + Keys.ENTER);
    browser.awaitText("#notes", "1.0 MiB/s");
    Content content = content(5 * MIB);
    TransferEvent end = flow.fetch(serve("limited.bin", content));
    assertLanded(end, content);
    assertThat(end.took().toMillis()).isGreaterThan(3000);
    browser.type("#limit-rate-value", "0" + Keys.ENTER);
    browser.awaitText("#notes", "no limit");
    Content other = content(20 * MIB);
    assertThat(flow.fetch(serve("free.bin", other)).took().toMillis()).isLessThan(15_000);
  }

  @Test
  void hostileSourceNameIsText() {
    Content content = content(1000);
    Entry entry = new Entry(HOSTILE, serve("hostile", content).to("hostile.bin").keys());
    flow.add(entry);
    flow.awaitEnd(HOSTILE, 1);
    browser.type("#sources-filter", "onerror");
    browser.awaitText("#sources .c-source", HOSTILE);
    assertThat(browser.driver().findElements(By.cssSelector("img[src=x]"))).isEmpty();
    assertThat(browser.driver().getTitle()).doesNotContain("owned");
    browser.find("#sources-filter").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void flowIsDrawnFromTheRoutes_withTheirHandovers() {
    for (String route :
        new String[] {
          "poll-sources", "transfer-file", "attempt-transfer", "fetch-part", "deliver-file"
        }) {
      browser.find("#flow [data-route='" + route + "']");
    }
    browser.find("#flow .link[data-to='attempt-transfer']");
    browser.find("#flow .link[data-to='fetch-part']");
    browser.find("#flow .link[data-to='deliver-file']");
  }

  @Test
  void pausedSourceIsNotPolled_untilItIsResumed() {
    Content content = content(1000);
    flow.add(serve("paused.bin", content).with("every", "300ms"));
    flow.awaitEnd("paused.bin", 1);
    browser.type("#sources-filter", "paused.bin");
    browser.find("#sources [aria-label='Pause paused.bin']").click();
    browser.find("#sources [aria-label='Resume paused.bin']").click();
    int before = flow.ends("paused.bin").size();
    flow.awaitEnd("paused.bin", before + 1);
    flow.remove("paused.bin");
    browser.find("#sources-filter").sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
  }

  @Test
  void cancelledTransferEnds() {
    origin.rateLimitPerConnection(MIB / 4);
    flow.add(serve("cancelled.bin", content(20 * MIB)));
    browser.find("#transfers-list [aria-label='Cancel cancelled.bin']").click();
    assertThat(flow.awaitEnd("cancelled.bin", 1).state()).isEqualTo(TransferState.CANCELLED);
    flow.remove("cancelled.bin");
    origin.rateLimitPerConnection(0);
  }

  @ParameterizedTest
  @CsvSource({"1000,780", "1100,780", "1280,800", "1440,1000"})
  void noPanelLiesOverAnother(int width, int height) {
    browser.find("#flow [data-route='transfer-file']");
    browser.show(width, height);
    try {
      assertThat(
              browser.run(
                  """
                  const panels = [...document.querySelectorAll('.panel')];
                  const box = (e) => e.getBoundingClientRect();
                  const name = (e) => e.getAttribute('aria-labelledby');
                  const over = panels.flatMap((one) => panels
                    .filter((other) => other !== one
                      && box(one).left < box(other).right && box(other).left < box(one).right
                      && box(one).top < box(other).bottom && box(other).top < box(one).bottom)
                    .map((other) => `${name(one)} over ${name(other)}`));
                  const fixed = panels.filter((e) => getComputedStyle(e).overflowY === 'visible');
                  const out = fixed.flatMap((panel) => [...panel.children]
                    .filter((child) => box(child).bottom > box(panel).bottom)
                    .map((child) => `${child.id || child.className} out of ${name(panel)}`));
                  return [...over, ...out].join('; ');
                  """))
          .isEqualTo("");
    } finally {
      browser.showAsIs();
    }
  }

  @Test
  @Order(LAST - 1)
  void pictureIsTaken() throws IOException {
    String file = System.getProperty("dromedary.picture", "");
    org.junit.jupiter.api.Assumptions.assumeFalse(
        file.isEmpty(), "a picture is made with -Ddromedary.picture=docs/console.png");
    for (String name :
        new String[] {"seen.bin", "absent.bin", "limited.bin", "free.bin", HOSTILE}) {
      flow.remove(name);
    }
    browser.awaitGone("#notes p");
    origin.rateLimitPerConnection(3 * MIB);
    for (String name : new String[] {"missing-index.json", "withdrawn.iso"}) {
      flow.add(Entry.of(name, origin.uri("/" + name)));
    }
    String[] names = {
      "images/disk.img", "dumps/nightly.tar.zst", "maps/planet.osm.pbf", "genomes/hs38.fa.gz"
    };
    for (String name : names) {
      flow.add(serve(name, content(96 * MIB)));
    }
    for (int i = 0; i < 12; i++) {
      flow.add(serve("tiles/region-" + i + ".mbtiles", content(1000 + i)));
    }
    flow.awaitReceived(names[0], 20 * MIB);
    browser.size(1440, 1120);
    browser.awaitText("#sources-count", "18");
    Files.write(Path.of(System.getProperty("dromedary.home")).resolve(file), browser.picture());
    origin.rateLimitPerConnection(0);
  }

  @Test
  @Order(LAST)
  void lostServiceIsNoticed() {
    flow.stop();
    browser.awaitText("#state", "no contact");
    browser.awaitText("#lost", "No contact since");
  }
}
