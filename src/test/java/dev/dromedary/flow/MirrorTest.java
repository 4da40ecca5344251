package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.RangeFault.BanRange;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.Resource;
import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source with several URLs is fetched from the next one when one fails. */
class MirrorTest extends RunningFlow {

  @Override
  Map<String, String> settings() {
    return Map.of("retry.tries", "4");
  }

  private static final int SIZE = 500_000;
  private static final URI DEAD = URI.create("http://127.0.0.1:1/nobody.bin");

  @Test
  void lands_whenTheFirstUrlIsNotFound() {
    Content content = content(SIZE);
    Entry entry = mirrored("second.bin", origin.uri("/not-there"), content);
    assertLanded(flow.fetch(entry), content);
  }

  @Test
  void lands_whenNobodyListensAtTheFirstUrl() {
    Content content = content(SIZE);
    assertLanded(flow.fetch(mirrored("alive.bin", DEAD, content)), content);
  }

  @Test
  void goesOnWithTheBytesOfTheFirst_whenADigestDecides() {
    Content content = content(SIZE);
    origin.put(Resource.of("/first-known.bin", content));
    origin.script("/first-known.bin", new CutAfter(200_000, false));
    origin.forever("/first-known.bin", new Status(404));
    Entry entry = mirrored("known.bin", origin.uri("/first-known.bin"), content);
    assertLanded(flow.fetch(entry.withDigestOf(content)), content);
    assertThat(ranges("known.bin")).containsExactly("bytes=200000-" + (SIZE - 1));
  }

  @Test
  void startsOver_whenNothingTellsThatBothUrlsHaveTheSameBytes() {
    Content old = content(SIZE);
    Content content = content(SIZE);
    origin.put(Resource.of("/first-other.bin", old));
    origin.script("/first-other.bin", new CutAfter(200_000, false));
    origin.forever("/first-other.bin", new Status(404));
    assertLanded(
        flow.fetch(mirrored("other.bin", origin.uri("/first-other.bin"), content)), content);
  }

  @Test
  void setsAsideWhatTheMirrorMixed_whenItsBytesAreOthers() {
    Content promised = content(SIZE);
    Content other = content(SIZE);
    origin.put(Resource.of("/first-right.bin", promised));
    origin.script("/first-right.bin", new CutAfter(200_000, false));
    origin.forever("/first-right.bin", new Status(404));
    Entry entry = mirrored("wrong.bin", origin.uri("/first-right.bin"), other);
    TransferEvent end = flow.fetch(entry.withDigestOf(promised));
    assertFailed(end, FailureCode.DIGEST_MISMATCH);
  }

  @Test
  void startsOver_whenTheDigestThatWasToDecideAboutBytesOfTwoUrlsIsExpectedNoMore() {
    Content content = content(SIZE);
    origin.put(Resource.of("/first-mixed.bin", content(SIZE)));
    origin.script("/first-mixed.bin", new CutAfter(200_000, false));
    origin.forever("/first-mixed.bin", new Status(503));
    Entry entry = mirrored("mixed.bin", origin.uri("/first-mixed.bin"), content);
    String sums = "'" + origin.uri("/no-sums.sha256") + "'";
    TransferEvent end = flow.fetch(entry.with("digestFrom", sums));
    assertThat(end.code()).isEqualTo(FailureCode.DIGEST_MISSING);
    assertLanded(flow.fetchAgain(entry), content);
  }

  @Test
  void startsOverAfterARestart_whenTheBytesHereAreOfTwoUrlsAndNoDigestIsExpectedAnyMore() {
    Content first = content(SIZE);
    origin.put(Resource.of("/first-kept.bin", first));
    origin.script("/first-kept.bin", new CutAfter(200_000, false));
    origin.forever("/first-kept.bin", new Status(503));
    Entry entry = mirrored("kept.bin", origin.uri("/first-kept.bin"), content(SIZE));
    Status later = Status.retryAfter(503, Duration.ofSeconds(3));
    origin.script("/kept.bin", new CutAfter(100_000, false), later);
    String sums = "'" + origin.uri("/no-sums.sha256") + "'";
    flow.add(entry.with("digestFrom", sums));
    origin.awaitRequests("/kept.bin", 2, Flow.LIMIT);

    flow.stop();
    origin.clearScript("/first-kept.bin");
    flow.add(entry);
    flow.start();
    assertLanded(flow.awaitEnd("kept.bin", 1), first);
    assertThat(ranges("kept.bin")).contains("bytes=200000-499999");
  }

  @Test
  void failsAsNotFound_whenNoUrlHasTheFile() {
    Entry entry = Entry.of("none.bin", DEAD);
    TransferEvent end =
        flow.fetch(urls(entry, origin.uri("/not-here.bin"), origin.uri("/none.bin")));
    assertFailed(end, FailureCode.NOT_FOUND);
    assertThat(origin.requests("/none.bin")).hasSize(1);
  }

  @Test
  void isTriedAgain_whenOneUrlLacksTheFileAndNobodyListensAtTheOther() {
    Entry entry = Entry.of("half-dead.bin", DEAD);
    TransferEvent end = flow.fetch(urls(entry, DEAD, origin.uri("/half-dead.bin")));
    assertFailed(end, FailureCode.CONNECT_FAILED);
    assertThat(flow.failures("half-dead.bin"))
        .containsExactly("CONNECT_FAILED", "NOT_FOUND", "CONNECT_FAILED", "CONNECT_FAILED");
  }

  @Test
  void asksTheUrlThatServesAgain_whenItGotStuckAndTheOtherLacksTheFile() {
    Content content = content(SIZE);
    Entry entry = mirrored("stuck.bin", origin.uri("/never-here"), content).withDigestOf(content);
    origin.script("/stuck.bin", new CutAfter(200_000, false), new CutAfter(0, false));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(sent("stuck.bin")).isEqualTo(SIZE);
  }

  @Test
  void bytesThatNoOtherUrlCouldCompleteAreKept_whenTheirServerIsBrieflyOverloaded() {
    Content content = content(SIZE);
    Entry entry = mirrored("patient.bin", origin.uri("/not-there-either"), content);
    origin.script("/patient.bin", new CutAfter(200_000, false), new Status(503));
    assertLanded(flow.fetch(entry), content);
    assertThat(ranges("patient.bin"))
        .containsExactly("bytes=0-", "bytes=200000-499999", "bytes=200000-499999");
  }

  @Test
  void asksWhereItLandedFrom_whenItIsPolledAgain() {
    Content content = content(SIZE);
    Entry entry = mirrored("again.bin", origin.uri("/never-there"), content);
    assertLanded(flow.fetch(entry), content);
    TransferEvent second = flow.fetchAgain(entry);
    assertThat(second.state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(origin.requests("/never-there")).hasSize(1);
  }

  @Test
  void asksTheUrlWhoseVersionItHolds_whenAnotherBroughtTheRest() {
    Content content = content(SIZE);
    origin.put(Resource.of("/begun.bin", content));
    origin.script("/begun.bin", new CutAfter(200_000, false));
    Entry entry = mirrored("ended.bin", origin.uri("/begun.bin"), content).withDigestOf(content);
    assertLanded(flow.fetch(entry), content);
    TransferEvent second = flow.fetchAgain(entry);
    assertThat(second.state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(requests("ended.bin")).hasSize(1);
  }

  @Test
  void anotherUrlGoesOnInTheSameAttempt_whenAConnectionBreaks() {
    Content content = content(SIZE);
    Entry entry = broken("relay.bin", content, content);
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("relay.bin")).isEmpty();
    assertThat(ranges("relay.bin"))
        .as(
            "%s %s %s",
            requests("first-relay.bin"), requests("relay.bin"), flow.events("relay.bin"))
        .containsExactly("bytes=200000-499999");
  }

  @Test
  void firstUrlGoesOn_whenTheOtherKnowsNoRanges() {
    Content content = content(SIZE);
    Entry entry = broken("whole.bin", content, content);
    origin.forever("/whole.bin", new IgnoreRange());
    assertLandedFromFirst(flow.fetch(entry), "whole.bin", content);
  }

  @Test
  void firstUrlGoesOn_whenTheOtherHasAnotherLength() {
    Content content = content(SIZE);
    Entry entry = broken("longer.bin", content, content(SIZE + 1));
    assertLandedFromFirst(flow.fetch(entry), "longer.bin", content);
  }

  @Test
  void firstUrlGoesOn_whenTheOtherLacksTheFile() {
    Content content = content(SIZE);
    Entry entry = broken("lacking.bin", content, content);
    origin.remove("/lacking.bin");
    assertLandedFromFirst(flow.fetch(entry), "lacking.bin", content);
  }

  @Test
  void firstUrlGoesOn_whenTheOtherTurnsRangesAway() {
    Content content = content(SIZE);
    Entry entry = broken("banned.bin", content, content);
    origin.forever("/banned.bin", new BanRange(403));
    assertLandedFromFirst(flow.fetch(entry), "banned.bin", content);
  }

  @Test
  void firstUrlGoesOn_whenSeveralOthersInARowAreOfNoUse() {
    Content content = content(SIZE);
    Entry entry = broken("useless.bin", content, content);
    origin.forever("/useless.bin", new IgnoreRange());
    origin.put(Resource.of("/long-useless.bin", content(SIZE + 1)));
    String urls =
        List.of(
                origin.uri("/first-useless.bin"),
                origin.uri("/useless.bin"),
                origin.uri("/no-useless.bin"),
                origin.uri("/long-useless.bin"))
            .toString();
    assertLanded(flow.fetch(entry.with("urls", urls)), content);
    assertThat(flow.failures("useless.bin")).isEmpty();
    assertThat(ranges("first-useless.bin")).containsExactly("bytes=0-", "bytes=200000-499999");
  }

  @Test
  void bytesAreKept_whenTheFirstUrlIsAwayAndTheOtherHasAnotherLength() {
    Content content = content(SIZE);
    assertBytesAreKept(broken("away.bin", content, content(SIZE + 1)), content);
  }

  @Test
  void bytesAreKept_whenTheFirstUrlIsAwayAndTheOtherHasAPage() {
    Content content = content(SIZE);
    Entry entry = broken("page.bin", content, content(2000));
    origin.forever("/page.bin", new IgnoreRange());
    assertBytesAreKept(entry, content);
  }

  @Test
  void landsFromTheFirstAlone_whenWhatTheOtherBroughtDoesNotFit() {
    Content content = content(SIZE);
    Entry entry = broken("unfit.bin", content, content(SIZE));
    TransferEvent end = flow.fetch(entry);
    assertThat(flow.hasLanded("unfit.bin", content)).as("%s", end).isTrue();
    assertThat(flow.failures("unfit.bin"))
        .as(
            "%s %s %s",
            requests("first-unfit.bin"), requests("unfit.bin"), flow.events("unfit.bin"))
        .containsExactly("DIGEST_MISMATCH");
    assertThat(requests("unfit.bin")).hasSize(1);
  }

  @Test
  void landsFromTheNextUrl_whenTheBytesOfTheFirstAreWrong() {
    Content content = content(SIZE);
    origin.put(Resource.of("/first-stale.bin", content(SIZE)));
    Entry entry = mirrored("stale.bin", origin.uri("/first-stale.bin"), content);
    TransferEvent end = flow.fetch(entry.withDigestOf(content));
    assertThat(flow.hasLanded("stale.bin", content)).as("%s", end).isTrue();
    assertThat(flow.failures("stale.bin")).containsExactly("DIGEST_MISMATCH");
    assertThat(requests("first-stale.bin")).hasSize(1);
  }

  @Test
  void eachUrlIsAskedOnce_whenTheBytesOfAllAreWrong() {
    origin.put(Resource.of("/first-unlike.bin", content(SIZE)));
    Entry entry = mirrored("unlike.bin", origin.uri("/first-unlike.bin"), content(SIZE));
    TransferEvent end = flow.fetch(entry.withDigestOf(content(SIZE)));
    assertFailed(end, FailureCode.DIGEST_MISMATCH);
    assertThat(requests("first-unlike.bin")).hasSize(1);
    assertThat(requests("unlike.bin")).hasSize(1);
  }

  @Test
  void firstUrlIsAskedAgain_whenItsBytesWereDamagedAndNobodyListensAtTheOther() {
    Content content = content(SIZE);
    Entry entry = Entry.of("damaged.bin", DEAD).withDigestOf(content);
    origin.put(Resource.of("/damaged.bin", content(SIZE)));
    origin.script(
        "/damaged.bin", new ChangeVersionAfter(SIZE, Resource.of("/damaged.bin", content)));
    TransferEvent end = flow.fetch(urls(entry, origin.uri("/damaged.bin"), DEAD));
    assertThat(flow.hasLanded("damaged.bin", content)).as("%s", end).isTrue();
  }

  @Test
  void failedAttemptNamesTheUrlThatWasAsked() {
    Entry entry = Entry.of("named.bin", DEAD);
    TransferEvent end =
        flow.fetch(urls(entry, origin.uri("/named-1.bin"), origin.uri("/named-2.bin")));
    List<AttemptRecord> attempts = flow.ledger(ledger -> ledger.attempts(end.transferId()));
    assertThat(attempts)
        .extracting(AttemptRecord::url)
        .containsExactly(
            origin.uri("/named-1.bin").toString(), origin.uri("/named-2.bin").toString());
  }

  /** The first URL breaks off and is away for two requests, but sends nothing twice. */
  private void assertBytesAreKept(Entry entry, Content content) {
    String first = "first-" + entry.id();
    origin.script("/" + first, new Status(503), new Status(503));
    assertLanded(flow.fetch(entry), content);
    assertThat(sent(first)).isLessThan(SIZE + 2L * CHUNK);
  }

  /** The second URL was asked once, for a range, and the first for the rest of its own. */
  private void assertLandedFromFirst(TransferEvent end, String id, Content content) {
    assertLanded(end, content);
    assertThat(flow.failures(id)).isEmpty();
    assertThat(ranges(id)).containsExactly("bytes=200000-499999");
    assertThat(ranges("first-" + id)).containsExactly("bytes=0-", "bytes=200000-499999");
  }

  /** The first URL breaks off once; a digest of its content decides about what the other brings. */
  private Entry broken(String id, Content first, Content second) {
    origin.put(Resource.of("/first-" + id, first));
    origin.script("/first-" + id, new CutAfter(200_000, false));
    return mirrored(id, origin.uri("/first-" + id), second).withDigestOf(first);
  }

  /** Serves the content under the id as the second URL. */
  private Entry mirrored(String id, URI first, Content content) {
    return urls(serve(id, content), first, origin.uri("/" + id));
  }

  /**
   * One connection: on a busy machine a second one may have taken the tail before the first cut.
   */
  private static Entry urls(Entry entry, URI first, URI second) {
    Entry listed =
        entry.with("urls", "['" + first + "', '" + second + "']").with("connections", "1");
    listed.keys().remove("url");
    return listed;
  }
}
