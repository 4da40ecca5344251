package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
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

    JsonNode told = land(entry, content);

    assertThat(told.path("digests").path("sha-256").textValue())
        .isEqualTo(hex(content, DigestAlgorithm.SHA_256));
    assertThat(told.path("verifiedBy").textValue()).isEqualTo("length");
  }

  @Test
  void digestThatIsExpectedIsEnough() throws IOException {
    Content content = content(300_000);
    String md5 = hex(content, DigestAlgorithm.MD5);

    JsonNode told = land(serve("md5.bin", content).with("digest", "md5=" + md5), content);

    assertThat(told.path("digests").path("md5").textValue()).isEqualTo(md5);
    assertThat(told.path("digests").path("sha-256").isMissingNode()).isTrue();
  }

  /** I1: what landed stays whole, also where a list before named it. */
  @Test
  void fileOfASourceThatHasItsName_stays() throws IOException {
    Content first = content(3_000);
    Content second = content(4_000);
    Entry named = serve("named", first).to("n.provenance.json");
    Entry other = serve("other", second).to("n");
    Content third = content(100);
    Entry next = serve("next", third);
    land(named, first);
    flow.remove(named.id());

    assertLanded(flow.fetch(other), second);
    land(next, third);

    assertThat(flow.hasLanded("n.provenance.json", first)).isTrue();
    flow.remove(other.id());
  }

  @Test
  void longestNameHasRoomForIt() throws IOException {
    Content content = content(1_000);
    String name = "l".repeat(239);

    JsonNode told = land(serve("long", content).to(name), content);

    assertThat(told.path("target").textValue()).isEqualTo(name);
  }

  private JsonNode land(Entry entry, Content content) throws IOException {
    TransferEvent end = flow.fetch(entry);
    Path file = flow.landed(end.target() + ".provenance.json");
    await().atMost(Flow.LIMIT).until(() -> Files.exists(file));
    assertLanded(end, content);
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static String hex(Content content, DigestAlgorithm algorithm) {
    return HexFormat.of().formatHex(content.digest(algorithm));
  }
}
