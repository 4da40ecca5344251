package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.observe.HostConnections;
import dev.dromedary.observe.LimitsMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Where things stand on the page: what is in sight, whole, and stays where it is. */
class PageLayoutIT extends PageFixture {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1440})
  void nothingIsWiderThanTheWindow(int width) {
    browser.size(Math.max(500, width), 900);
    browser.show(width, 900);
    try {
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(isAsWideAsTheWindow()).isEqualTo("true"));
      assertThat(
              browser.run(
                  "return document.querySelector('.row[data-source] .c-source')"
                      + ".getBoundingClientRect().width > 80"))
          .as("room for the name of a source")
          .isEqualTo("true");
      assertThat(
              browser.run(
                  """
                  const inner = document.querySelector('.scroll').getBoundingClientRect();
                  return [...document.querySelectorAll('.row[data-source] button')]
                    .every((b) => b.getBoundingClientRect().right <= inner.right)
                  """))
          .as("buttons are whole")
          .isEqualTo("true");
    } finally {
      browser.showAsIs();
      browser.size(1440, 1000);
    }
  }

  @Test
  void nothingMovesWhenHostsComeIntoUse() {
    Object before = topOf("#transfers-list");
    beans.limits.hosts =
        IntStream.range(0, 12)
            .mapToObj(number -> new HostConnections("host-" + number + ".example:443", 4, 3, 0))
            .toList();
    try {
      browser.awaitText("#limit-facts", "host-11.example:443 uses");
      assertThat(topOf("#transfers-list")).isEqualTo(before);
    } finally {
      beans.limits.hosts = FakeLimits.BUSY;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void nothingIsWiderThanTheWindow_whenMessagesAreOneLongWord(int width) {
    String word = "/srv/" + "long".repeat(60);
    beans.service.refused = Map.of(word, word);
    beans.service.lost = Map.of(word, word);
    browser.show(width, 900);
    try {
      browser.awaitText("#refused", word);
      browser.awaitText("#state", "/srv/long");
      browser.type("#limit-rate-value", word + Keys.ENTER);
      browser.awaitText("#limit-error", word);
      assertThat(isAsWideAsTheWindow()).isEqualTo("true");
      assertThat(
              browser.run(
                  "return [...document.querySelectorAll('header, .panel')].filter((panel) =>"
                      + " [...panel.querySelectorAll('button, input, p')].some((e) => e.checkVisibility()"
                      + " && e.getBoundingClientRect().right > panel.getBoundingClientRect().right))"
                      + ".map((panel) => panel.className).join()"))
          .as("panels that something sticks out of")
          .isEqualTo("");
    } finally {
      beans.service.refused = Map.of();
      beans.service.lost = Map.of();
      browser.type("#limit-rate-value", "0" + Keys.ENTER);
      browser.awaitGone("#limit-error:not(:empty)");
      browser.awaitText("#state", "ready");
      browser.showAsIs();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,800", "1400,1400", "1100,780", "390,844"})
  void everyLimitAndRemedyIsReadInFull_withThreeLimitsSetByHand(int width, int height) {
    beans.limits.limitOrigin("data.example.org", 20 << 20);
    beans.limits.limitOrigin("mirror.example.net:8443", 5 << 20);
    beans.limits.limitOriginConnections("archive.example.com", 4);
    browser.awaitText("#limit-facts", "4 connections at most");
    browser.show(width, height);
    try {
      await().atMost(LIMIT).untilAsserted(() -> assertThat(cutOff()).isEqualTo(""));
    } finally {
      browser.showAsIs();
      beans.limits.limitOriginConnections("archive.example.com", LimitsMXBean.CONFIGURED);
      beans.limits.limitOrigin("data.example.org", LimitsMXBean.CONFIGURED);
      beans.limits.limitOrigin("mirror.example.net:8443", LimitsMXBean.CONFIGURED);
    }
  }

  /** Returns what is not shown whole: by itself, or by a panel that hides a part of it. */
  private String cutOff() {
    return String.valueOf(
        browser.run(
            """
            const box = (e) => e.getBoundingClientRect();
            const hides = (e) => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight;
            const limits = [...document.querySelectorAll('.limits dt, .limits dd, .limits form')];
            const remedies = [...document.querySelectorAll('.failure .remedy')];
            const beyond = limits.filter((e) => {
              for (let around = e.parentElement; around.matches('.limits *, .limits'); around = around.parentElement) {
                const outer = box(around);
                if (getComputedStyle(around).overflowY !== 'visible' || around.matches('.limits')) {
                  if (box(e).bottom > outer.bottom || box(e).right > outer.right) return true;
                }
              }
              return false;
            });
            const inside = (e) => box(e).right <= box(e.closest('.panel')).right;
            const cut = [...limits, ...remedies].filter((e) =>
              (getComputedStyle(e).overflowX !== 'visible' && hides(e)) || !inside(e));
            return [...beyond, ...cut].map((e) => e.textContent.trim().slice(0, 60)).join('; ');
            """));
  }

  @Test
  void threeTransfersAndTwoFailuresAreInSight_onASmallScreen() {
    browser.show(1280, 800);
    try {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                assertThat(inSight("#transfers-list")).as("transfers").isGreaterThanOrEqualTo(3);
                assertThat(inSight("#failures-list")).as("failures").isGreaterThanOrEqualTo(2);
              });
    } finally {
      browser.showAsIs();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,800", "1920,1080", "390,844"})
  void digestThatWasFoundIsReadWithoutAPointer(int width, int height) {
    browser.show(width, height);
    try {
      browser.awaitText("[data-source='damaged.bin'] .why", "found " + FakeTransfers.FOUND);
      assertThat(
              browser.run(
                  """
                  const why = document.querySelector("[data-source='damaged.bin'] .why");
                  const end = document.createRange();
                  end.selectNodeContents(why);
                  const box = why.getBoundingClientRect();
                  const clip = why.closest('.panel').getBoundingClientRect();
                  return [...end.getClientRects()].every((line) => line.bottom <= box.bottom + 1
                    && line.right <= Math.min(box.right, clip.right) + 1);
                  """))
          .isEqualTo("true");
    } finally {
      browser.showAsIs();
    }
  }

  private int inSight(String list) {
    return Integer.parseInt(
        String.valueOf(
            browser.run(
                """
                const list = document.querySelector(arguments[0]);
                const end = Math.min(list.getBoundingClientRect().bottom, window.innerHeight);
                return [...list.children].filter((e) => e.getBoundingClientRect().bottom <= end).length;
                """,
                list)));
  }

  @Test
  void searchMovesNothing_whateverItLeaves() {
    browser.show(1400, 1400);
    try {
      Object before = topOf("#sources-filter");
      browser.type("#sources-filter", "alpha");
      browser.awaitText("#sources-count", "1 of 100,000");
      assertThat(topOf("#sources-filter")).isEqualTo(before);
    } finally {
      browser.type("#sources-filter", "");
      browser.showAsIs();
    }
  }

  @Test
  void headingsStandAboveTheirColumns() {
    browser.find("[data-source='alpha']");
    assertThat(
            browser.run(
                """
                const lefts = (row) => [...document.querySelector(row).children]
                  .map((e) => Math.round(e.getBoundingClientRect().left)).join(' ');
                return lefts('.row.head') === lefts('.row[data-source]');
                """))
        .isEqualTo("true");
  }

  @Test
  void whatIsCutOffIsToldInFullByItsTitle() {
    browser.awaitText("#failures-list .why", "404 Not Found");
    assertThat(
            browser.run(
                """
                return [...document.querySelectorAll('.failure .name, .failure .why, .transfer .name, [data-source] > .c-source, [data-source] > .c-target, [data-source] > .c-schedule')]
                  .filter((e) => e.checkVisibility() && e.textContent && !e.title.includes(e.textContent))
                  .map((e) => e.className + ': ' + e.textContent).join('; ');
                """))
        .isEqualTo("");
  }

  private Object topOf(String css) {
    return browser.run(
        "return document.querySelector(arguments[0]).getBoundingClientRect().top", css);
  }

  private Object isAsWideAsTheWindow() {
    return browser.run(
        "return [document.documentElement, document.querySelector('main')]"
            + ".every((e) => e.scrollWidth <= window.innerWidth)");
  }
}
