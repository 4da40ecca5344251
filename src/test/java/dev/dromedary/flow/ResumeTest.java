package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.FramingFault;
import dev.dromedary.demo.RangeFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.Resource.EtagKind;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.demo.WireFault;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that ends early, and what the next request asks for (I2, I3). */
class ResumeTest extends RunningFlow {

  private static final int SIZE = 1_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 65_535, 65_536, 65_537, 500_000, 999_999})
  void resumesAtFirstMissingByte_whenTheConnectionEnds(long cut) {
    Content content = content(SIZE);
    String id = "fin-" + cut;
    Entry entry = serve(id, content);
    origin.script("/" + id, new CutAfter(cut, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests(id)).hasSize(2);
    assertThat(second(id).start()).isEqualTo(cut);
    assertThat(requests(id).get(1).header("If-Range")).isPresent();
    assertThat(sent(id)).isEqualTo(SIZE);
    assertThat(flow.failures(id)).containsExactly("SHORT_BODY");
  }

  @Test
  void resumesWithinAChunk_whenTheConnectionIsReset() {
    Content content = content(SIZE);
    Entry entry = serve("rst.bin", content);
    origin.script("/rst.bin", new CutAfter(500_000, true));
    assertLanded(flow.fetch(entry), content);
    assertThat(second("rst.bin").start()).isLessThanOrEqualTo(500_000);
    assertThat(flow.failures("rst.bin")).hasSize(1);
  }

  @Test
  void nothingIsFetchedTwice_whenEveryAnswerIsCut() {
    Content content = content(SIZE);
    Entry entry = serve("often.bin", content);
    BodyFault cut = new CutAfter(90_000, false);
    origin.script("/often.bin", cut, cut, cut, cut, cut, cut, cut, cut, cut, cut);
    assertLanded(flow.fetch(entry), content);
    assertThat(sent("often.bin")).isEqualTo(SIZE);
    assertThat(requests("often.bin")).hasSize(11);
  }

  @Test
  void startsOverWithTheNewVersion_whenTheSourceChangesInMidTransfer() {
    Content old = content(SIZE);
    Content fresh = content(SIZE);
    Entry entry = serve("swap.bin", old);
    origin.script("/swap.bin", new ChangeVersionAfter(500_000, Resource.of("/swap.bin", fresh)));
    assertLanded(flow.fetch(entry), fresh);
    assertThat(requests("swap.bin")).hasSize(2);
    assertThat(requests("swap.bin").get(1).status()).isEqualTo(200);
  }

  @Test
  void tellsWhyItStartsOverAndWhatIsGivenUp() {
    List<StartOver> told = new CopyOnWriteArrayList<>();
    flow.listen(
        new TransferListener() {
          @Override
          public void onEvent(TransferEvent event) {}

          @Override
          public void onStartOver(StartOver startOver) {
            told.add(startOver);
          }
        });
    Content fresh = content(SIZE);
    Entry changed = serve("told.bin", content(SIZE));
    origin.script("/told.bin", new ChangeVersionAfter(500_000, Resource.of("/told.bin", fresh)));
    assertLanded(flow.fetch(changed), fresh);
    assertThat(told)
        .singleElement()
        .satisfies(one -> assertThat(one.sourceId()).isEqualTo("told.bin"))
        .satisfies(one -> assertThat(one.reason()).isEqualTo("the source changed"))
        .satisfies(one -> assertThat(one.givenUpBytes()).isEqualTo(500_000));

    told.clear();
    Entry damaged = serve("damaged.bin", content(SIZE)).withDigestOf(content(SIZE));
    assertFailed(flow.fetch(damaged), FailureCode.DIGEST_MISMATCH);
    assertThat(told)
        .as("all of it, though it is kept aside")
        .singleElement()
        .satisfies(one -> assertThat(one.givenUpBytes()).isEqualTo(SIZE));
  }

  @Test
  void startsOver_whenIfRangeIsIgnoredButTheEtagIsAnother() {
    Content old = content(SIZE);
    Content fresh = content(SIZE);
    Entry entry = serve("blind.bin", old);
    origin.script(
        "/blind.bin",
        new ChangeVersionAfter(500_000, Resource.of("/blind.bin", fresh)),
        partialIgnoringIfRange(fresh, 500_000));
    assertLanded(flow.fetch(entry), fresh);
    assertThat(flow.failures("blind.bin")).containsExactly("SHORT_BODY", "VERSION_CHANGED");
  }

  @Test
  void resumesOnLastModified_withoutAnEtag() {
    Content content = content(SIZE);
    Entry entry = serve("dated.bin", Resource.of("/dated.bin", content).withEtag(EtagKind.NONE));
    origin.script("/dated.bin", new CutAfter(400_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(second("dated.bin").start()).isEqualTo(400_000);
    assertThat(requests("dated.bin").get(1).header("If-Range").orElseThrow()).endsWith("GMT");
  }

  @Test
  void resumesOnLastModified_withAWeakEtag() {
    Content content = content(SIZE);
    Entry entry = serve("weak.bin", Resource.of("/weak.bin", content).withEtag(EtagKind.WEAK));
    origin.script("/weak.bin", new CutAfter(400_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(second("weak.bin").start()).isEqualTo(400_000);
    assertThat(requests("weak.bin").get(1).header("If-Range").orElseThrow()).endsWith("GMT");
  }

  @Test
  void startsOver_whenOnlyAWeakEtagIsKnown() {
    Content content = content(SIZE);
    Resource weak =
        Resource.of("/weak-only.bin", content).withEtag(EtagKind.WEAK).withoutLastModified();
    Entry entry = serve("weak-only.bin", weak);
    origin.script("/weak-only.bin", new CutAfter(400_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(sent("weak-only.bin")).isEqualTo(SIZE + 400_000);
  }

  @Test
  void resumesWithoutValidators_whenADigestDecides() {
    Content content = content(SIZE);
    Entry entry =
        serve("digest.bin", Resource.of("/digest.bin", content).withoutValidators())
            .withDigestOf(content);
    origin.script("/digest.bin", new CutAfter(400_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(second("digest.bin").start()).isEqualTo(400_000);
    assertThat(requests("digest.bin").get(1).header("If-Range")).isEmpty();
    assertThat(mayResume("digest.bin")).containsExactly(true);
  }

  @Test
  void startsOver_withoutValidatorsAndDigest() {
    Content old = content(SIZE);
    Content fresh = content(SIZE);
    Entry entry = serve("bare.bin", Resource.of("/bare.bin", old).withoutValidators());
    origin.script(
        "/bare.bin",
        new ChangeVersionAfter(400_000, Resource.of("/bare.bin", fresh).withoutValidators()));
    assertLanded(flow.fetch(entry), fresh);
    assertThat(sent("bare.bin")).isEqualTo(SIZE + 400_000);
    assertThat(mayResume("bare.bin")).containsExactly(false);
  }

  /** Returns for each failed attempt whether the next was said to be able to complete it. */
  private List<Boolean> mayResume(String id) {
    return flow.events(id).stream()
        .filter(event -> event.state() == TransferState.RETRYING)
        .map(TransferEvent::mayResume)
        .toList();
  }

  @Test
  void neverMixesVersions_withoutValidatorsAndDigest_overSeveralParts() {
    Content old = content(20_000_000);
    Content fresh = content(20_000_000);
    Resource next = Resource.of("/parts.bin", fresh).withoutValidators();
    Entry entry = serve("parts.bin", Resource.of("/parts.bin", old).withoutValidators());
    origin.script("/parts.bin", new ChangeVersionAfter(8 << 20, next));
    flow.fetch(entry);
    boolean isWhole = flow.hasLanded("parts.bin", old) || flow.hasLanded("parts.bin", fresh);
    assertThat(isWhole).as("one version").isTrue();
    assertThat(ranges("parts.bin")).containsExactly("bytes=0-8388607", "none");
  }

  @Test
  void givesUp_whenNoAttemptComesFurtherThanTheOneBefore() {
    Content content = content(SIZE);
    Entry entry = serve("stuck.bin", Resource.of("/stuck.bin", content).withoutValidators());
    origin.forever("/stuck.bin", new CutAfter(400_000, false));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.SHORT_BODY);
    assertThat(requests("stuck.bin").size()).isLessThanOrEqualTo(4);
  }

  @Test
  void readsTheWhole_whenTheServerIgnoresRangesAfterACut() {
    Content content = content(SIZE);
    Entry entry = serve("ignore.bin", content);
    origin.script("/ignore.bin", new CutAfter(400_000, false));
    origin.forever("/ignore.bin", new RangeFault.IgnoreRange());
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.attempts()).isEqualTo(2);
  }

  @Test
  void progressCountsFromZero_whenTheServerSendsTheWholeAgain() {
    Content content = content(SIZE);
    Entry entry = serve("anew.bin", content);
    Fault whole = new RangeFault.IgnoreRange();
    origin.script(
        "/anew.bin", new CutAfter(400_000, false), whole, whole.and(new CutAfter(300_000, false)));
    origin.forever("/anew.bin", whole);
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.events("anew.bin"))
        .filteredOn(event -> event.state() == TransferState.RETRYING)
        .extracting(TransferEvent::receivedBytes)
        .containsExactly(400_000L, 300_000L);
  }

  @Test
  void goesOnWithAPlainRange_whenTheServerAnswersIfRangeWithTheWholeThoughNothingChanged() {
    Content content = content(SIZE);
    Entry entry = serve("cdn.bin", content);
    origin.script("/cdn.bin", new CutAfter(400_000, false), new RangeFault.IgnoreRange());
    assertLanded(flow.fetch(entry), content);
    SeenRequest last = requests("cdn.bin").get(2);
    assertThat(last.header("If-Range")).isEmpty();
    assertThat(last.range()).contains(new ByteRange(400_000, SIZE));
  }

  @Test
  void startsOver_whenTheLengthIsAnother() {
    Content old = content(SIZE);
    Content fresh = content(SIZE + 5);
    Resource sameDate =
        Resource.of("/grown.bin", fresh)
            .withEtag(EtagKind.NONE)
            .withLastModified(Instant.parse("2026-01-01T00:00:00Z"));
    Entry entry =
        serve(
            "grown.bin",
            Resource.of("/grown.bin", old)
                .withEtag(EtagKind.NONE)
                .withLastModified(Instant.parse("2026-01-01T00:00:00Z")));
    origin.script("/grown.bin", new ChangeVersionAfter(500_000, sameDate));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, fresh);
    assertThat(flow.failures("grown.bin")).contains("VERSION_CHANGED");
  }

  @Test
  void resumesAChunkedBodyOfUnknownLength() {
    Content content = content(SIZE);
    Entry entry = serve("chunked.bin", content);
    origin.script(
        "/chunked.bin",
        new RangeFault.IgnoreRange()
            .and(new FramingFault.Chunked())
            .and(new CutAfter(300_000, false)));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests("chunked.bin").get(1).header("Range").orElseThrow())
        .isEqualTo("bytes=300000-");
  }

  @Test
  void startsOver_whenTheEtagChangesWithEachAnswer() {
    Content content = content(SIZE);
    Entry entry =
        serve("token.bin", Resource.of("/token.bin", content).withEtag(EtagKind.PER_REQUEST));
    origin.script("/token.bin", new CutAfter(400_000, false));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
  }

  private ByteRange second(String id) {
    List<SeenRequest> requests = requests(id);
    return requests.get(1).range().orElseThrow();
  }

  /** The 206 of a server that has never heard of If-Range. */
  private static Fault partialIgnoringIfRange(Content content, int from) {
    int left = Math.toIntExact(content.lengthBytes()) - from;
    byte[] head =
        ("HTTP/1.1 206 Partial Content\r\nETag: \""
                + content.version()
                + "\"\r\nContent-Length: "
                + left
                + "\r\nContent-Range: bytes "
                + from
                + "-"
                + (content.lengthBytes() - 1)
                + "/"
                + content.lengthBytes()
                + "\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] answer = Arrays.copyOf(head, head.length + left);
    content.fill(from, answer, head.length, left);
    return new WireFault.RawResponse(new FixedContent(answer));
  }

  @Test
  void neverMixesVersions_whenAPartDoesNotNameItsVersion() {
    int held = 200_000;
    Content old = content(SIZE);
    Content fresh = content(SIZE);
    byte[] head =
        ("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes "
                + held
                + "-"
                + (SIZE - 1)
                + "/"
                + SIZE
                + "\r\nContent-Length: "
                + (SIZE - held)
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] answer = Arrays.copyOf(head, head.length + SIZE - held);
    fresh.fill(held, answer, head.length, SIZE - held);
    Entry entry = serve("unnamed.bin", old);
    origin.script(
        "/unnamed.bin",
        new ChangeVersionAfter(held, Resource.of("/unnamed.bin", fresh)),
        new WireFault.RawResponse(new FixedContent(answer)));
    TransferEvent end = flow.fetch(entry);
    assertThat(ranges("unnamed.bin")).contains("bytes=" + held + "-" + (SIZE - 1));
    assertThat(flow.hasLanded("unnamed.bin", fresh)).as("%s", end).isTrue();
  }
}
