package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.Deaf;
import dev.dromedary.demo.BackendFault.OtherVersion;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.FailuresMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A version whose digest is wrong is fetched twice, and not at every poll from then on. */
class RefusedVersionTest extends RunningFlow {

  private static final int SIZE = 200_000;

  private final JumpingClock clock = new JumpingClock();

  @Override
  void prepare(Flow prepared) {
    prepared.goBy(clock);
  }

  @Test
  void isAskedAboutAndNotFetchedAtTheNextPolls() {
    Entry entry = refused("refused.bin");
    TransferEvent first = flow.ends("refused.bin").get(0);
    for (int poll = 1; poll <= 2; poll++) {
      TransferEvent end = flow.fetchAgain(entry);
      assertFailed(end, FailureCode.REFUSED_BEFORE);
      assertThat(end.reason()).isEqualTo("not fetched again: " + first.reason());
      assertThat(end.networkBytes()).isZero();
      assertThat(requests("refused.bin")).hasSize(2 + poll);
      assertThat(requests("refused.bin").get(1 + poll).status()).isEqualTo(304);
    }
    List<TransferRecord> letters = flow.ledger(ledger -> ledger.failures());
    List<TransferRecord> own =
        letters.stream().filter(letter -> letter.sourceId().equals("refused.bin")).toList();
    assertThat(own).hasSize(1);
    assertThat(own.get(0).partFile()).endsWith(".rejected");
    assertThat(flow.staged("refused.bin")).hasSize(2).allMatch(name -> name.contains(".rejected"));
  }

  @Test
  void isNotReadAgainFromAServerThatDoesNotKnowConditions() {
    Entry entry = refused("deaf.bin");
    origin.forever("/deaf.bin", new Deaf("If-None-Match", "If-Modified-Since"));
    TransferEvent end = flow.fetchAgain(entry);
    assertFailed(end, FailureCode.REFUSED_BEFORE);
    assertThat(end.networkBytes()).isZero();
    assertThat(requests("deaf.bin").get(2).status()).isEqualTo(206);
  }

  @Test
  void whatIsKeptOfItLands_whenItsDigestIsCorrected() {
    Content content = content(SIZE);
    assertThat(rejected("corrected.bin", content).networkBytes()).isEqualTo(2L * SIZE);
    Entry corrected = serve("corrected.bin", content).withDigestOf(content);

    TransferEvent end = flow.fetchAgain(corrected);

    assertLandedAgain(end);
    assertThat(end.networkBytes()).isZero();
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(flow.hasLanded("corrected.bin", content)).isTrue();
    assertThat(flow.staged("corrected.bin")).isEmpty();
    assertThat(flow.fetchAgain(corrected).state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(requests("corrected.bin")).hasSize(3);
  }

  @Test
  void whatIsKeptLandsByARetryToo_whenItsDigestIsCorrected() {
    Content content = content(SIZE);
    rejected("retried-right.bin", content);
    flow.add(serve("retried-right.bin", content).withDigestOf(content));

    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).retry("retried-right.bin");

    TransferEvent end = flow.awaitEnd("retried-right.bin", 2);
    assertLandedAgain(end);
    assertThat(end.networkBytes()).isZero();
    assertThat(flow.hasLanded("retried-right.bin", content)).isTrue();
  }

  @Test
  void whatIsKeptIsFetched_whereItWasDamagedSince() throws IOException {
    Content content = content(SIZE);
    rejected("damaged.bin", content);
    damage("damaged.bin");

    TransferEvent end = flow.fetchAgain(serve("damaged.bin", content).withDigestOf(content));

    assertLandedAgain(end);
    assertThat(end.networkBytes()).isEqualTo(SIZE);
    assertThat(flow.hasLanded("damaged.bin", content)).isTrue();
  }

  @Test
  void whatIsKeptIsLeftAlone_whereTheOtherDigestIsWrongToo() {
    Content content = content(SIZE);
    rejected("wrong.bin", content);
    TransferEvent end = flow.fetchAgain(serve("wrong.bin", content).withDigestOf(content(SIZE)));
    assertFailed(end, FailureCode.DIGEST_MISMATCH);
    assertThat(end.networkBytes()).as("the same bytes as before").isEqualTo(SIZE);
  }

  @Test
  void whatIsKeptLands_whateverHasFailedMeanwhile() {
    Content content = content(SIZE);
    rejected("meanwhile.bin", content);
    Entry corrected = serve("meanwhile.bin", content).withDigestOf(content);
    origin.script("/meanwhile.bin", new Status(404));
    assertFailed(
        flow.fetchAgain(serve("meanwhile.bin", content).withDigestOf(content(SIZE))),
        FailureCode.NOT_FOUND);
    assertThat(flow.fetchAgain(corrected).networkBytes()).isZero();
    assertThat(flow.hasLanded("meanwhile.bin", content)).isTrue();
  }

  @Test
  void whatIsKeptIsLeftAlone_whereItsSizeIsNotAsExpected() {
    Content content = content(SIZE);
    rejected("size.bin", content);
    Entry corrected = serve("size.bin", content).withDigestOf(content);
    assertFailed(
        flow.fetchAgain(corrected.with("size", Long.toString(SIZE + 1))),
        FailureCode.SIZE_MISMATCH);
    assertThat(flow.fetchAgain(corrected).networkBytes()).isZero();
  }

  @Test
  void whatLandedBeforeIsNotLandedAgain_whenItsDigestComesBack() {
    Content content = content(SIZE);
    Entry entry = serve("early.bin", content).withDigestOf(content);
    flow.fetch(entry);
    assertThat(flow.fetchAgain(entry.withDigestOf(content(SIZE))).code())
        .isEqualTo(FailureCode.DIGEST_MISMATCH);
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
  }

  @Test
  void whatIsKeptDoesNotLand_whereItsTransferEndsUndecidedAndNoDigestIsExpectedAnyMore()
      throws IOException {
    Content content = content(SIZE);
    rejected("undecided.bin", content);
    damage("undecided.bin");
    origin.forever("/undecided.sha256", new Status(404));
    Entry corrected = serve("undecided.bin", content).withDigestOf(content);
    String digestFile = "'" + origin.uri("/undecided.sha256") + "'";
    assertFailed(
        flow.fetchAgain(corrected.with("digestFrom", digestFile)), FailureCode.DIGEST_MISSING);
    assertThat(flow.staged("undecided.bin")).allMatch(name -> name.contains(".part"));

    TransferEvent end = flow.fetchAgain(serve("undecided.bin", content));

    assertLandedAgain(end);
    assertThat(end.networkBytes()).isEqualTo(SIZE);
    assertThat(flow.hasLanded("undecided.bin", content)).isTrue();
  }

  @Test
  void whatIsKeptOfARedirectIsKnownAtTheNextPoll() {
    Content content = content(SIZE);
    origin.put(Resource.of("/there.bin", content));
    origin.forever("/moved.bin", new RedirectTo("/there.bin"));
    Entry entry = Entry.of("moved.bin", origin.uri("/moved.bin"));
    assertFailed(flow.fetch(entry.withDigestOf(content(SIZE))), FailureCode.DIGEST_MISMATCH);
    Entry corrected = entry.withDigestOf(content);
    assertThat(flow.fetchAgain(corrected).networkBytes()).isZero();
    assertThat(flow.fetchAgain(corrected).state()).isEqualTo(TransferState.UNCHANGED);
  }

  private void damage(String id) throws IOException {
    Path kept =
        flow.staging()
            .resolve(
                flow.staged(id).stream()
                    .filter(name -> name.endsWith(".rejected"))
                    .findFirst()
                    .orElseThrow());
    byte[] bytes = Files.readAllBytes(kept);
    bytes[SIZE / 2] ^= 1;
    Files.write(kept, bytes);
  }

  private TransferEvent rejected(String id, Content content) {
    TransferEvent end = flow.fetch(serve(id, content).withDigestOf(content(SIZE)));
    assertFailed(end, FailureCode.DIGEST_MISMATCH);
    return end;
  }

  @Test
  void doesNotHideTheVersionThatComesAfterIt() {
    Content wanted = content(SIZE);
    Entry entry = serve("follows.bin", content(SIZE)).withDigestOf(wanted);
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
    origin.put(Resource.of("/follows.bin", wanted));
    assertLandedAgain(flow.fetchAgain(entry));
  }

  @Test
  void isFetchedAnew_whenAnOperatorRetriesIt() {
    Entry entry = refused("retried.bin");
    assertFailed(flow.fetchAgain(entry), FailureCode.REFUSED_BEFORE);
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).retry("retried.bin");
    assertFailed(flow.awaitEnd("retried.bin", 3), FailureCode.DIGEST_MISMATCH);
    assertUnconditional(requests("retried.bin").get(3));
  }

  @Test
  void isNotForgottenForAnotherFailure() {
    Entry entry = refused("down.bin");
    origin.script("/down.bin", new Status(404));
    assertFailed(flow.fetchAgain(entry), FailureCode.NOT_FOUND);
    TransferEvent end = flow.fetchAgain(entry);
    assertFailed(end, FailureCode.REFUSED_BEFORE);
    assertThat(end.reason())
        .isEqualTo("not fetched again: " + flow.ends("down.bin").get(0).reason());
    assertThat(flow.staged("down.bin")).hasSize(2);
  }

  @Test
  void isFetchedAnew_whenItsDeadLetterIsDiscarded() {
    Entry entry = refused("discarded.bin");
    assertFailed(flow.fetchAgain(entry), FailureCode.REFUSED_BEFORE);
    Flow.bean(FailuresMXBean.NAME, FailuresMXBean.class).discard("discarded.bin");
    assertFailed(flow.fetchAgain(entry), FailureCode.DIGEST_MISMATCH);
  }

  @Test
  void isFetchedAnew_whereTwoDownloadsDidNotBringTheSame() {
    Entry entry = serve("noisy.bin", content(SIZE)).withDigestOf(content(SIZE));
    Fault damage = new OtherVersion(Resource.of("/noisy.bin", content(SIZE)));
    origin.script("/noisy.bin", damage);
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
    assertFailed(flow.fetchAgain(entry), FailureCode.DIGEST_MISMATCH);
    assertFailed(flow.fetchAgain(entry), FailureCode.REFUSED_BEFORE);
  }

  @Test
  void isForgotten_whenWhatLandedBeforeComesBack() {
    Content first = content(SIZE);
    Content refused = content(SIZE);
    Entry entry = serve("back.bin", first).withDigestOf(first);
    flow.fetch(entry);
    origin.put(Resource.of("/back.bin", refused));
    assertThat(flow.fetchAgain(entry).code()).isEqualTo(FailureCode.DIGEST_MISMATCH);
    origin.put(Resource.of("/back.bin", first));
    assertLandedAgain(flow.fetchAgain(entry));
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
    origin.put(Resource.of("/back.bin", refused));
    assertThat(flow.fetchAgain(entry).code()).isEqualTo(FailureCode.DIGEST_MISMATCH);
  }

  @Test
  void isFetchedAnew_whenItsTimeIsOver() {
    Entry entry = refused("later.bin");
    clock.jump(Duration.ofHours(23));
    assertFailed(flow.fetchAgain(entry), FailureCode.REFUSED_BEFORE);
    clock.jump(Duration.ofHours(2));
    assertFailed(flow.fetchAgain(entry), FailureCode.DIGEST_MISMATCH);
  }

  @Test
  void isFetchedAnew_whereAFileTellsItsDigest() {
    Content wanted = content(SIZE);
    String sums = HexFormat.of().formatHex(wanted.digest(DigestAlgorithm.SHA_256)) + "  late.bin\n";
    origin.put(Resource.of("/late.sha256", FixedContent.of(sums)));
    Entry entry =
        serve("late.bin", content(SIZE)).with("digestFrom", "'" + origin.uri("/late.sha256") + "'");
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
    assertFailed(flow.fetchAgain(entry), FailureCode.DIGEST_MISMATCH);
  }

  private Entry refused(String id) {
    Entry entry = serve(id, content(SIZE)).withDigestOf(content(SIZE));
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
    assertThat(requests(id)).hasSize(2);
    return entry;
  }

  private static void assertLandedAgain(TransferEvent end) {
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
  }

  private static void assertUnconditional(SeenRequest request) {
    assertThat(request.header("If-None-Match")).isEmpty();
    assertThat(request.header("If-Modified-Since")).isEmpty();
  }
}
