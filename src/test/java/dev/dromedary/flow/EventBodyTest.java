package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransfersMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What the endpoints of landed.uri and failed.uri receive is JSON, whatever endpoints they are. */
class EventBodyTest extends RunningFlow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POST = "POST application/json ";
  private static final String[] FIELDS = {
    "at",
    "transfer",
    "source",
    "target",
    "state",
    "totalBytes",
    "receivedBytes",
    "networkBytes",
    "seconds",
    "attempts",
    "connections",
    "code",
    "reason",
    "nextAttemptAt",
    "verifiedBy",
    "landedFile"
  };

  private final List<String> posts = new CopyOnWriteArrayList<>();
  private final HttpServer hook = hook();

  @Override
  Map<String, String> settings() {
    return Map.of(
        "landed.uri",
        "file:" + directory.resolve("told") + "?fileName=${exchangeProperty.event[source]}.json",
        "failed.uri",
        "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook?token=5ecret");
  }

  @AfterAll
  void closeHook() {
    hook.stop(0);
  }

  @Test
  void fileReceivesWhatLanded() throws IOException {
    Content content = content(1000);
    assertLanded(flow.fetch(serve("told.bin", content).withDigestOf(content)), content);

    Path file = directory.resolve("told/told.bin.json");
    await().atMost(Flow.LIMIT).until(() -> Files.exists(file) && Files.size(file) > 0);
    JsonNode told = JSON.readTree(Files.readString(file));
    assertThat(told.fieldNames()).toIterable().containsExactly(FIELDS);
    assertThat(told.path("state").textValue()).isEqualTo("landed");
    assertThat(told.path("target").textValue()).isEqualTo("told.bin");
    assertThat(told.path("receivedBytes").longValue()).isEqualTo(1000);
    assertThat(told.path("verifiedBy").textValue()).isEqualTo("sha-256");
    assertThat(told.path("code").isNull()).isTrue();
  }

  @Test
  void endsOfOneTransferAreToldApartByTheirTimes() throws IOException {
    flow.fetch(Entry.of("twice.bin", origin.uri("/twice.bin")));
    await().atMost(Flow.LIMIT).until(() -> told("twice.bin").size() == 1);
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).retry("twice.bin");

    await().atMost(Flow.LIMIT).until(() -> told("twice.bin").size() == 2);
    List<JsonNode> both = told("twice.bin");
    assertThat(both.get(1).path("transfer")).isEqualTo(both.get(0).path("transfer"));
    assertThat(both.get(0).path("at").textValue()).endsWith("Z");
    assertThat(Instant.parse(both.get(1).path("at").textValue()))
        .isAfter(Instant.parse(both.get(0).path("at").textValue()));
  }

  private List<JsonNode> told(String source) throws IOException {
    List<JsonNode> told = new ArrayList<>();
    for (String post : posts) {
      JsonNode event = JSON.readTree(post.substring(POST.length()));
      if (event.path("source").textValue().equals(source)) {
        told.add(event);
      }
    }
    return told;
  }

  @Test
  void httpReceivesWhatWasGivenUp_asAPostOfJson() throws IOException {
    flow.fetch(Entry.of("absent.bin", origin.uri("/absent.bin")).to("in/absent.bin"));

    await().atMost(Flow.LIMIT).until(() -> !told("absent.bin").isEmpty());
    assertThat(posts)
        .allMatch(post -> post.startsWith(POST + "{"))
        .anyMatch(post -> post.contains("\"target\":\"in/absent.bin\""));
    JsonNode told = told("absent.bin").get(0);
    assertThat(told.fieldNames()).toIterable().containsExactly(FIELDS);
    assertThat(told.path("state").textValue()).isEqualTo("failed");
    assertThat(told.path("code").textValue()).isEqualTo("E4404");
    assertThat(told.path("reason").textValue()).contains("404");
    assertThat(told.path("attempts").isIntegralNumber()).isTrue();
  }

  private HttpServer hook() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/hook",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            posts.add(exchange.getRequestMethod() + " " + type + " " + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
