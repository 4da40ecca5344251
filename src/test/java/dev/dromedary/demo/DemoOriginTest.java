package dev.dromedary.demo;

import static dev.dromedary.demo.RawClient.body;
import static dev.dromedary.demo.RawClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoOriginTest {

  private final DemoOrigin demo = DemoOrigin.start(DemoSizes.TINY);

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void knowsTheDigestOfEachFileOfTheFullDemo() {
    assertThat(DemoOrigin.files(DemoSizes.FULL))
        .allSatisfy(
            file ->
                assertThat(DemoDigests.of(file.content()))
                    .as(file.id())
                    .hasValue(DemoDigests.computed(file.content())));
  }

  @Test
  void isTheDemoPeopleSee() {
    assertThat(DemoOrigin.files(DemoSizes.FULL))
        .extracting(file -> file.path() + " " + file.content().lengthBytes())
        .contains("/big.bin 1073741824", "/flaky.bin 67108864", "/orders-2026-11.csv 8388608")
        .contains("/shipments-2026-11-21.csv 65536");
  }

  @Test
  void saysHowEachSourceEnds() {
    assertThat(demo.expected())
        .hasSize(8)
        .containsEntry("big", TransferState.LANDED)
        .containsEntry("discontinued", TransferState.FAILED);
    assertThat(demo.expected().values()).filteredOn(TransferState.FAILED::equals).hasSize(1);
  }

  @Test
  void servesWhatItsListSays() throws IOException {
    for (DemoFile file : demo.files()) {
      demo.origin().clearScript(file.path());
      String answer = RawClient.ask(demo.origin(), file.path(), "Connection: close");
      if (demo.expected().get(file.id()) == TransferState.FAILED) {
        assertThat(answer).startsWith("HTTP/1.1 404 ");
      } else {
        int length = (int) file.content().lengthBytes();
        assertThat(body(answer)).isEqualTo(RawClient.text(file.content(), 0, length));
      }
    }
  }

  @Test
  void cutsTheFlakyFileTwice() throws IOException {
    for (long expected : new long[] {65536, 65536, 131072}) {
      String answer = RawClient.ask(demo.origin(), "/flaky.bin", "Connection: close");
      assertThat(field(answer, "Content-Length")).isEqualTo("131072");
      assertThat(body(answer)).hasSize((int) expected);
    }
  }

  @Test
  void isBusyOnce() throws IOException {
    String path = "/returns-2026-11.csv";
    String busy = RawClient.ask(demo.origin(), path, "Connection: close");
    assertThat(busy).startsWith("HTTP/1.1 503 ");
    assertThat(field(busy, "Retry-After")).isEqualTo("2");
    String served = RawClient.ask(demo.origin(), path, "Connection: close");
    assertThat(served).startsWith("HTTP/1.1 200 ");
    assertThat(field(served, "Content-Type")).isEqualTo("text/csv");
  }

  @Test
  void asksForTheFlakyFileOverOneConnection_soThatEachCutEndsAnAttempt(@TempDir Path directory)
      throws IOException {
    Path list = directory.resolve("sources.yaml");
    demo.writeSourceList(list);
    assertThat(new YAMLMapper().readTree(Files.readString(list)).path("sources"))
        .filteredOn(source -> source.has("connections"))
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.path("id").asText()).isEqualTo("flaky");
              assertThat(source.path("connections").asInt()).isEqualTo(1);
            });
  }

  @Test
  void writesTheListThatLeadsToIt(@TempDir Path directory) throws IOException {
    Path list = directory.resolve("sources.yaml");
    demo.writeSourceList(list);
    JsonNode written = new YAMLMapper().readTree(Files.readString(list));
    assertThat(written.path("defaults").path("every").asText()).isEqualTo("1m");
    assertThat(written.path("sources")).hasSameSizeAs(demo.files());
    for (int i = 0; i < demo.files().size(); i++) {
      DemoFile file = demo.files().get(i);
      JsonNode source = written.path("sources").path(i);
      assertThat(source.path("id").asText()).isEqualTo(file.id());
      assertThat(source.path("url").asText()).isEqualTo(demo.origin().uri(file.path()).toString());
      assertThat(source.path("to").asText()).isEqualTo(file.target());
      assertThat(ExpectedDigest.parse(source.path("digest").asText()))
          .isEqualTo(DemoDigests.computed(file.content()));
    }
  }
}
