package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told beside a landed file always holds a digest of its bytes. */
class ProvenanceTest extends RunningFlow {

  @Override
  Map<String, String> settings() {
    return Map.of("landed.provenance", "yes");
  }

  @Test
  void digestIsComputed_whenNoneIsExpected() throws IOException {
    Content content = content(300_000);
    Entry entry = serve("plain.bin", content);
    origin.script("/plain.bin", new CutAfter(100_000, false));

    assertLanded(flow.fetch(entry), content);

    JsonNode told = provenance("plain.bin");
    assertThat(told.path("digests").path("sha-256").textValue())
        .isEqualTo(hex(content, DigestAlgorithm.SHA_256));
    assertThat(told.path("verifiedBy").textValue()).isEqualTo("length");
  }

  @Test
  void digestThatIsExpectedIsEnough() throws IOException {
    Content content = content(300_000);
    String md5 = hex(content, DigestAlgorithm.MD5);

    assertLanded(flow.fetch(serve("md5.bin", content).with("digest", "md5=" + md5)), content);

    JsonNode told = provenance("md5.bin");
    assertThat(told.path("digests").path("md5").textValue()).isEqualTo(md5);
    assertThat(told.path("digests").path("sha-256").isMissingNode()).isTrue();
  }

  private JsonNode provenance(String name) throws IOException {
    Path file = flow.landed(name + ".provenance.json");
    await().atMost(Flow.LIMIT).until(() -> Files.exists(file));
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static String hex(Content content, DigestAlgorithm algorithm) {
    return HexFormat.of().formatHex(content.digest(algorithm));
  }
}
