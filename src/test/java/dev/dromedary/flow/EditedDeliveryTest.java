package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.ledger.FileStamp;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was delivered by a process that was killed before it recorded that, and edited since. */
class EditedDeliveryTest {

  private static final int SIZE = 100_000;

  private final Content delivered = new GeneratedContent(1, SIZE);

  @Test
  void isTakenOver_whenTheSourceAsksForTheSame(@TempDir Path directory) throws Exception {
    TransferEvent end = afterKill(directory, delivered);

    assertThat(end.state()).isEqualTo(TransferState.LANDED);
    assertThat(end.networkBytes()).isZero();
    assertThat(Files.readString(directory.resolve("landing/a.bin.provenance.json")))
        .containsPattern("\"sha-256\" : \"" + HexFormat.of().formatHex(sha256()) + "\"");
  }

  @Test
  void isNotWhatASourceAsksForWhoseDigestWasCorrected(@TempDir Path directory) throws Exception {
    TransferEvent end = afterKill(directory, new GeneratedContent(2, SIZE));

    assertThat(end.code()).isEqualTo(FailureCode.DIGEST_MISMATCH);
    assertThat(end.networkBytes()).isPositive();
  }

  private byte[] sha256() {
    return delivered.digest(DigestAlgorithm.SHA_256);
  }

  private TransferEvent afterKill(Path directory, Content wanted) throws Exception {
    try (ScriptedOrigin origin = ScriptedOrigin.start();
        Flow flow = Flow.prepared(directory, Map.of("landed.provenance", "yes"))) {
      origin.put(Resource.of("/a.bin", delivered));
      Entry entry = Entry.of("a.bin", origin.uri("/a.bin"));
      flow.add(entry.withDigestOf(delivered));
      flow.start();
      String landed = flow.awaitEnd("a.bin", 1).transferId();
      flow.stop();
      Files.delete(directory.resolve("landing/a.bin.provenance.json"));
      flow.ledger(ledger -> isKilledBeforeItIsRecorded(ledger, landed, flow.landed("a.bin")));
      flow.add(entry.withDigestOf(wanted));
      flow.start();
      return flow.awaitEnd("a.bin", 2);
    }
  }

  private static TransferRecord isKilledBeforeItIsRecorded(Ledger ledger, String id, Path landed) {
    try {
      TransferRecord of = ledger.transfer(id).orElseThrow();
      ledger.forgetLanded("a.bin");
      TransferRecord queued = ledger.enqueue("a.bin", "a.bin", null).orElseThrow();
      TransferRecord running = ledger.claim(queued.id(), "killed").orElseThrow();
      TransferRecord verifying =
          ledger.advance(
              running,
              running
                  .withVersionOfSource(of.validators(), OptionalLong.of(SIZE))
                  .withState(TransferState.VERIFYING));
      String asked = String.valueOf(of.deliveringFor());
      return ledger.advance(
          verifying, verifying.delivering(FileStamp.of(landed), asked, of.verifiedBy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
