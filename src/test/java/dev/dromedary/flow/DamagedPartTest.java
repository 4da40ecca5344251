package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody else does to a part file under a transfer never lands (promises I1, I3). */
class DamagedPartTest extends RunningFlow {

  private static final int MIB = 1 << 20;

  @Override
  Map<String, String> settings() {
    return Map.of("retry.backoff", "10ms");
  }

  @AfterEach
  void goOnFast() {
    origin.rateLimitPerConnection(0);
  }

  @ParameterizedTest
  @EnumSource
  void whatOthersDidToAPartFileNeverLands(Damage damage) throws IOException {
    Content content = content(12 * MIB);
    String id = damage + ".bin";
    origin.rateLimitPerConnection(2 * MIB);
    flow.add(serve(id, content));
    flow.awaitReceived(id, MIB);

    damage.of(flow.staging().resolve(partOf(id)));
    origin.rateLimitPerConnection(0);

    TransferEvent end = flow.awaitEnd(id, 1);
    assertLanded(end, content);
    assertThat(flow.failures(id)).containsExactly("PART_FILE_DAMAGED");
    assertThat(flow.staged(id)).isEmpty();
  }

  @Test
  void whatCannotBeSetAsideSinceItIsGone_isFetchedAgain() throws IOException {
    String id = "wrong.bin";
    origin.rateLimitPerConnection(MIB);
    flow.add(serve(id, content(4 * MIB)).with("digest", "sha-256=" + "0".repeat(64)));
    flow.awaitReceived(id, MIB);

    Files.delete(flow.staging().resolve(partOf(id)));
    origin.rateLimitPerConnection(0);

    TransferEvent end = flow.awaitEnd(id, 1);
    assertFailed(end, FailureCode.DIGEST_MISMATCH);
    assertThat(flow.failures(id)).contains("PART_FILE_DAMAGED").doesNotContain("STAGING_FAILED");
  }

  private String partOf(String id) {
    return flow.staged(id).stream()
        .filter(name -> name.endsWith(".part"))
        .findFirst()
        .orElseThrow();
  }

  private enum Damage {
    CUT {
      @Override
      void of(Path part) throws IOException {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
          file.truncate(1000);
        }
      }
    },
    REMOVED {
      @Override
      void of(Path part) throws IOException {
        Files.delete(part);
      }
    },
    REPLACED {
      @Override
      void of(Path part) throws IOException {
        Files.delete(part);
        Files.write(part, new byte[15 * MIB]);
      }
    };

    abstract void of(Path part) throws IOException;
  }
}
