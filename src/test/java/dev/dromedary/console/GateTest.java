package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.ServiceMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No page of another origin gets anything done or told, whatever way it asks. */
class GateTest extends ConsoleFixture {

  private static final String POLL = exec(ServiceMXBean.NAME, "pollNow", "");

  @Test
  void ownPageGetsAnOperationDone() {
    int before = beans.service.commands.size();
    Answer answer =
        post(
            POLL,
            JSON,
            "Origin: http://" + address().getAuthority(),
            "Sec-Fetch-Site: same-origin");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(beans.service.commands).hasSize(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Origin:",
        "Origin: http://127.0.0.1:1",
        "Origin: http://127.0.0.1",
        "Origin: https://HOST",
        "Origin: http://HOST.evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Host: evil.example",
        "Host: evil.example:8642",
        "Host: 127.0.0.1.evil.example",
        "Host: localhost.evil.example",
        "Host:",
        "Host: 127.0.0.1@evil.example"
      })
  void foreignPageGetsNothing(String header) {
    String line = header.replace("HOST", address().getAuthority());
    int before = beans.service.commands.size();
    assertThat(post(POLL, JSON, line).status()).isBetween(400, 403);
    assertThat(get("/jolokia/read/dev.dromedary:type=Service", line).status()).isBetween(400, 403);
    assertThat(get("/metrics", line).status()).isBetween(400, 403);
    assertThat(get("/", line).status()).isBetween(400, 403);
    assertThat(beans.service.commands).hasSize(before);
  }

  @Test
  void foreignOriginWithItsOwnNameAsHostIsRefused_asInDnsRebinding() {
    int before = beans.service.commands.size();
    Answer answer = post(POLL, JSON, "Host: evil.example:8642", "Origin: http://evil.example:8642");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(beans.service.commands).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
        "application/json, text/plain",
        ""
      })
  void bodyThatAFormCanSendIsRefused(String type) {
    int before = beans.service.commands.size();
    assertThat(post(POLL, "Content-Type: " + type).status()).isEqualTo(415);
    assertThat(beans.service.commands).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /jolokia/",
    "PUT, /jolokia/",
    "DELETE, /",
    "POST, /",
    "POST, /metrics",
    "TRACE, /"
  })
  void methodThatNothingNeedsIsRefused(String method, String path) {
    Answer answer = Answer.to(address(), method, path, "", JSON, "Origin: http://evil.example");
    assertThat(answer.status()).isBetween(403, 405);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void noAnswerInvitesOtherOrigins() {
    Answer answer =
        Answer.to(
            address(),
            "OPTIONS",
            "/jolokia/",
            "",
            "Origin: http://" + address().getAuthority(),
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: content-type");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control");
  }

  @Test
  void linkFromElsewhereOpensThePage_butNotInAFrame() {
    assertThat(
            get(
                    "/",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: document")
                .status())
        .isEqualTo(200);
    assertThat(
            get(
                    "/",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: iframe")
                .status())
        .isEqualTo(403);
    assertThat(
            get(
                    "/jolokia/version",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Sec-Fetch-Dest: document")
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "[::1]", "127.0.0.1", "10.1.2.3"})
  void addressesAndLocalhostAreNames_whoeverCalls(String host) {
    assertThat(get("/health/live", "Host: " + host + ":8642").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/console.js", "/metrics", "/health/ready", "/jolokia/", "/absent"})
  void everyAnswerForbidsFramesSniffingAndForeignScripts(String path) {
    Answer answer = get(path);
    assertThat(answer.header("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("X-Frame-Options")).contains("DENY");
  }
}
