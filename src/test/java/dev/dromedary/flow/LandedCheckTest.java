package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BackendFault.OtherVersion;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.Resource;
import dev.dromedary.ledger.SourceRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** A digest that the list gets later is held against what landed, which is not fetched for it. */
class LandedCheckTest extends RunningFlow {

  private static final int SIZE = 3_000_000;

  @Test
  void whatLandedIsHeldAgainstTheDigestAndNotFetched() {
    Content content = content(SIZE);
    Entry entry = landed("later.bin", content);
    SourceRecord before = source("later.bin");

    TransferEvent end = flow.fetchAgain(entry.withDigestOf(content));

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.UNCHANGED);
    assertThat(end.networkBytes()).isZero();
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(requests("later.bin").get(1).status()).isEqualTo(304);
    SourceRecord after = source("later.bin");
    assertThat(after.landed().verifiedBy()).isEqualTo("sha-256");
    assertThat(after.landedAt()).isEqualTo(before.landedAt());
    assertThat(flow.staged("later.bin")).isEmpty();
  }

  @Test
  void isReadForItOnce() throws IOException {
    Content content = content(SIZE);
    Entry entry = landed("once.bin", content).withDigestOf(content);
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
    damageWithoutATrace("once.bin");

    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(flow.hasLanded("once.bin", content)).isFalse();
  }

  @Test
  void whatDoesNotMatchIsFetchedOnce_andStaysWhileThatDoesNotMatchEither() {
    Content content = content(SIZE);
    Entry entry = landed("wrong.bin", content).withDigestOf(content(SIZE));

    TransferEvent end = flow.fetchAgain(entry);

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.FAILED);
    assertThat(end.code()).isEqualTo(FailureCode.DIGEST_MISMATCH);
    assertThat(sent("wrong.bin")).isEqualTo(2L * SIZE);
    assertThat(flow.hasLanded("wrong.bin", content)).isTrue();
    assertThat(flow.fetchAgain(entry).code()).isEqualTo(FailureCode.REFUSED_BEFORE);
  }

  @Test
  void whatWasDamagedInPlaceWithoutATraceIsFetched() throws IOException {
    Content content = content(SIZE);
    Entry entry = landed("damaged.bin", content);
    damageWithoutATrace("damaged.bin");

    TransferEvent end = flow.fetchAgain(entry.withDigestOf(content));

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded("damaged.bin", content)).isTrue();
  }

  @Test
  void itIsFetchedFromTheUrlThatItLandedFrom() throws IOException {
    Content content = content(SIZE);
    origin.put(Resource.of("/stale.bin", content(SIZE)));
    Entry entry = serve("mirrored.bin", content);
    entry.keys().remove("url");
    entry
        .keys()
        .put("urls", "['" + origin.uri("/mirrored.bin") + "', '" + origin.uri("/stale.bin") + "']");
    assertLanded(flow.fetch(entry), content);
    damageWithoutATrace("mirrored.bin");

    TransferEvent end = flow.fetchAgain(entry.withDigestOf(content));

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded("mirrored.bin", content)).isTrue();
    assertThat(requests("stale.bin")).isEmpty();
  }

  @Test
  void aDownloadThatIsDamagedToo_isTriedOnceMore() throws IOException {
    Content content = content(SIZE);
    Entry entry = landed("noisy.bin", content);
    damageWithoutATrace("noisy.bin");
    Fault damage = new OtherVersion(Resource.of("/noisy.bin", content(SIZE)));
    origin.script("/noisy.bin", new Fault.None(), damage);

    TransferEvent end = flow.fetchAgain(entry.withDigestOf(content));

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded("noisy.bin", content)).isTrue();
  }

  @Test
  void whatWasPutBackFromACopyIsNotFetched() throws IOException {
    Content content = content(SIZE);
    Entry entry = landed("restored.bin", content);
    Path landed = flow.landed("restored.bin");
    Path copy = landed.resolveSibling("copy");
    Files.copy(landed, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(copy, landed, StandardCopyOption.REPLACE_EXISTING);

    TransferEvent end = flow.fetchAgain(entry.withDigestOf(content));

    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.UNCHANGED);
    assertThat(end.networkBytes()).isZero();
  }

  @Test
  void aNewVersionIsFetchedAsEver() {
    Content fresh = content(SIZE);
    Entry entry = landed("moved-on.bin", content(SIZE)).withDigestOf(fresh);
    origin.put(Resource.of("/moved-on.bin", fresh));

    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded("moved-on.bin", fresh)).isTrue();
  }

  @Test
  void aSizeOrADigestThatLeavesTheListIsNoReasonToFetch() {
    Content content = content(SIZE);
    Entry plain = serve("loose.bin", content);
    assertLanded(flow.fetch(plain.withDigestOf(content)), content);
    TransferEvent end = flow.fetchAgain(plain.with("size", Integer.toString(SIZE)));
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.UNCHANGED);
    assertThat(end.verifiedBy()).as("in this transfer").isNull();
    assertThat(source("loose.bin").landed().verifiedBy()).isEqualTo("sha-256");
    assertThat(flow.fetchAgain(plain.with("size", "12")).code())
        .isEqualTo(FailureCode.SIZE_MISMATCH);
  }

  private Entry landed(String id, Content content) {
    Entry entry = serve(id, content);
    assertLanded(flow.fetch(entry), content);
    return entry;
  }

  private void damageWithoutATrace(String target) throws IOException {
    Path landed = flow.landed(target);
    FileTime time = Files.getLastModifiedTime(landed);
    byte[] bytes = Files.readAllBytes(landed);
    bytes[SIZE / 2] ^= 1;
    Files.write(landed, bytes);
    Files.setLastModifiedTime(landed, time);
  }

  private SourceRecord source(String id) {
    return flow.ledger(ledger -> ledger.source(id).orElseThrow());
  }
}
