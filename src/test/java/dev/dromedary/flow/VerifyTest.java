package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.BackendFault.WithFields;
import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.FramingFault;
import dev.dromedary.demo.RangeFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.WireFault;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Nothing lands whose length or digest is not what it should be (I1), and nothing is drained. */
class VerifyTest extends RunningFlow {

  private static final int SIZE = 400_000;
  private static final RangeFault WHOLE = new RangeFault.IgnoreRange();

  @Override
  Map<String, String> settings() {
    return Map.of("limit.max-size", "8MiB");
  }

  @Test
  void mismatchIsSetAsideAndTriedFromScratchOnce() throws IOException {
    Content content = content(SIZE);
    Entry entry = serve("mismatch.bin", content).withDigestOf(content(SIZE));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.DIGEST_MISMATCH);
    assertThat(ranges("mismatch.bin")).hasSize(2).allMatch(range -> range.startsWith("bytes=0-"));
    assertThat(flow.staged("mismatch.bin")).hasSize(2).allMatch(name -> name.contains("rejected"));
    assertThat(content.matches(flow.staging().resolve(flow.staged("mismatch.bin").get(0))))
        .isTrue();
  }

  @Test
  void landsWhenTheSecondDownloadMatches() {
    Content damaged = content(SIZE);
    Content content = content(SIZE);
    Entry entry = serve("once-wrong.bin", damaged).withDigestOf(content);
    origin.script(
        "/once-wrong.bin",
        new BodyFault.ChangeVersionAfter(SIZE, Resource.of("/once-wrong.bin", content)));
    TransferEvent end = flow.fetch(entry);
    assertThat(flow.hasLanded("once-wrong.bin", content)).as("%s", end).isTrue();
    assertThat(flow.failures("once-wrong.bin")).containsExactly("DIGEST_MISMATCH");
    assertThat(flow.staged("once-wrong.bin")).hasSize(2).allMatch(n -> n.contains("rejected"));
  }

  @Test
  void everyAlgorithmIsVerified() {
    Content content = content(SIZE);
    String all =
        Arrays.stream(DigestAlgorithm.values())
            .map(
                algorithm ->
                    algorithm.label() + "=" + HexFormat.of().formatHex(content.digest(algorithm)))
            .collect(Collectors.joining("', '", "['", "']"));
    TransferEvent end = flow.fetch(serve("all.bin", content).with("digest", all));
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("md5+sha-1+sha-256+sha-512");
  }

  @Test
  void digestPromisedByTheServerIsHeldAgainstTheBytes() {
    Content content = content(SIZE);
    Entry entry = serve("promise.bin", content);
    String other = Base64.getEncoder().encodeToString(new byte[32]);
    origin.forever(
        "/promise.bin", new ExtraHeaders(Map.of("Repr-Digest", "sha-256=:" + other + ":")));
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
  }

  @Test
  void wrongSizeInTheListIsRefusedAtOnce() {
    Entry entry = serve("size.bin", content(7_000_000)).with("size", "123");
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.SIZE_MISMATCH);
    assertThat(requests("size.bin")).hasSize(1);
    assertThat(end.networkBytes()).isZero();
  }

  @Test
  void wrongSizeInTheListIsFound_whenTheServerTellsNone() {
    Content content = content(SIZE);
    for (long size : new long[] {SIZE - 1, SIZE + 1}) {
      String id = "chunked-size-" + size;
      Entry entry = serve(id, content).with("size", Long.toString(size));
      origin.forever("/" + id, WHOLE.and(new FramingFault.Chunked()));
      assertFailed(flow.fetch(entry), FailureCode.SIZE_MISMATCH);
    }
  }

  @Test
  void closeDelimitedBodyThatEndsBeforeTheSizeInTheListNeverLands() {
    Content content = content(SIZE);
    Entry entry = serve("close-size.bin", content).with("size", Integer.toString(SIZE));
    origin.script(
        "/close-size.bin",
        WHOLE.and(new FramingFault.CloseDelimited()).and(new CutAfter(100_000, false)));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("close-size.bin")).containsExactly("SHORT_BODY");
  }

  @Test
  void tooLargeIsRefusedWithoutReadingTheBody() {
    Entry entry = serve("large.bin", content(200_000_000));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.TOO_LARGE);
    assertThat(end.networkBytes()).isZero();
    assertThat(end.took()).isLessThan(Duration.ofSeconds(5));
    assertThat(sent("large.bin")).isLessThan(16 << 20);
  }

  @Test
  void tooLargeIsFoundOnTheWay_whenTheServerTellsNoLength() {
    Entry entry = serve("endless.bin", content(200_000_000));
    origin.forever("/endless.bin", WHOLE.and(new FramingFault.Chunked()));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.TOO_LARGE);
    assertThat(sent("endless.bin")).isLessThan(24 << 20);
  }

  @Test
  void exactlyTheLargestSizeLands_alsoAfterARefetch() {
    Content content = content(8 << 20);
    Entry entry = serve("largest.bin", content);
    origin.script("/largest.bin", new CutAfter(5_000_000, false));
    origin.forever("/largest.bin", WHOLE);
    assertLanded(flow.fetch(entry), content);
  }

  @Test
  void chunkedBodyOfUnknownLengthLands() {
    Content content = content(SIZE);
    Entry entry = serve("chunked.bin", content);
    origin.forever("/chunked.bin", WHOLE.and(new FramingFault.Chunked()));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests("chunked.bin")).hasSize(1);
  }

  @Test
  void chunkedBodyWithoutItsLastChunkNeverLands() {
    Entry entry = serve("chunked-cut.bin", content(SIZE));
    origin.forever("/chunked-cut.bin", WHOLE.and(new FramingFault.ChunkedCut()));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.SHORT_BODY);
  }

  @Test
  void badChunkSizeIsTriedAgain() {
    Content content = content(SIZE);
    Entry entry = serve("chunk-size.bin", content);
    origin.script("/chunk-size.bin", WHOLE.and(new FramingFault.BadChunkSize()));
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("chunk-size.bin")).hasSize(1);
  }

  @Test
  void closeDelimitedBodyIsRefused_withoutAnythingThatTellsItsEnd() {
    Entry entry = serve("close.bin", content(SIZE));
    origin.forever("/close.bin", WHOLE.and(new FramingFault.CloseDelimited()));
    assertFailed(flow.fetch(entry), FailureCode.UNKNOWN_LENGTH);
  }

  @Test
  void closeDelimitedBodyLands_whenAllowedOrWhenADigestDecides() {
    Content content = content(SIZE);
    Entry allowed = serve("allowed.bin", content).with("allowUnknownLength", "true");
    origin.forever("/allowed.bin", WHOLE.and(new FramingFault.CloseDelimited()));
    TransferEvent unverified = flow.fetch(allowed);
    assertLanded(unverified, content);
    assertThat(unverified.verifiedBy()).isEqualTo("nothing");
    Entry digest = serve("close-digest.bin", content).withDigestOf(content);
    origin.forever("/close-digest.bin", WHOLE.and(new FramingFault.CloseDelimited()));
    assertLanded(flow.fetch(digest), content);
  }

  @Test
  void bodyInChunksIsVerifiedByThem() {
    Content content = content(SIZE);
    Entry entry = serve("chunks.bin", content);
    origin.forever("/chunks.bin", WHOLE.and(new FramingFault.Chunked()));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("chunks");
  }

  @Test
  void announcedLengthBeyondTheBodyIsRetried_neverLandedShort() {
    Content content = content(SIZE);
    Entry entry = serve("longer.bin", content);
    origin.script("/longer.bin", WHOLE.and(new FramingFault.WrongContentLength(5)));
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("longer.bin")).first().isEqualTo("SHORT_BODY");
  }

  @Test
  void twoLengthsAreRefused() {
    Entry entry = serve("two.bin", content(SIZE));
    origin.forever("/two.bin", WHOLE.and(new FramingFault.TwoLengths()));
    assertFailed(flow.fetch(entry), FailureCode.MALFORMED_RESPONSE);
  }

  @Test
  void uninvitedGzipIsRefusedWithoutReadingIt() {
    Entry entry = serve("zipped.bin", content(SIZE));
    origin.forever("/zipped.bin", new BodyFault.GzipUninvited());
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.CONTENT_ENCODED);
    assertThat(end.networkBytes()).isZero();
  }

  @Test
  void whatTheServerCallsACodingOfItsNameLands() {
    Content content = content(SIZE);
    Entry entry = serve("archive.tar.gz", content);
    origin.forever("/archive.tar.gz", new WithFields(Map.of("Content-Encoding", "x-gzip")));
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
  }

  @Test
  void uninvitedGzipLandsAsItComes_whereTheSourceAllowsIt() throws IOException {
    Content content = content(SIZE);
    Entry entry = serve("allowed-zip.csv", content).with("allowContentEncoding", "true");
    origin.forever("/allowed-zip.csv", WHOLE.and(new BodyFault.GzipUninvited()));
    assertThat(flow.fetch(entry).state()).isEqualTo(TransferState.LANDED);
    try (InputStream plain =
        new GZIPInputStream(Files.newInputStream(flow.landed("allowed-zip.csv")))) {
      byte[] expected = new byte[SIZE];
      content.fill(0, expected, 0, SIZE);
      assertThat(plain.readAllBytes()).isEqualTo(expected);
    }
  }

  @Test
  void wrongContentRangeIsReadAsOneStream() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      Entry entry = serve(host, "shifted.bin", content);
      host.forever("/shifted.bin", new RangeFault.WrongContentRange(7, 7));
      assertLanded(flow.fetch(entry), content);
      assertThat(ranges(host, "shifted.bin")).endsWith("none");
      assertThat(flow.failures("shifted.bin")).containsExactly("RANGE_MISMATCH");
    }
  }

  @Test
  void multipartByterangesIsReadAsOneStream() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      Entry entry = serve(host, "multipart.bin", content);
      host.forever("/multipart.bin", new RangeFault.MultipartByteranges());
      assertLanded(flow.fetch(entry), content);
      assertThat(ranges(host, "multipart.bin")).endsWith("none").hasSize(2);
    }
  }

  @Test
  void unaskedPartIsRefused_notAskedForWithoutEnd() {
    Entry entry = serve("unasked.bin", content(SIZE));
    origin.forever("/unasked.bin", new RangeFault.BanRange(403).and(new RangeFault.Unasked206()));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.RANGE_MISMATCH);
    assertThat(end.reason())
        .endsWith("expected the whole file as asked for, found its bytes from 0 to " + SIZE / 2);
  }

  @Test
  void endlessHeadersAreCutOff() {
    Entry entry = serve("heads.bin", content(10));
    origin.forever("/heads.bin", new WireFault.EndlessHeaders());
    assertFailed(flow.fetch(entry), FailureCode.MALFORMED_RESPONSE);
  }

  @Test
  void loginPageBehindARedirectIsRefusedBySize() {
    Entry entry = serve("login.bin", content(SIZE)).with("size", Integer.toString(SIZE));
    origin.put(Resource.of("/sign-in", FixedContent.of("<html>log in</html>")));
    origin.forever("/login.bin", new RedirectTo("/sign-in"));
    assertFailed(flow.fetch(entry), FailureCode.SIZE_MISMATCH);
  }

  @Test
  void whatLandedIsNotTakenForVerified_whenADigestIsAddedLater() {
    Content content = content(1000);
    Entry entry = serve("later-digest.bin", content);
    assertLanded(flow.fetch(entry), content);
    TransferEvent wrong = flow.fetchAgain(entry.withDigestOf(content(1000)));
    assertThat(wrong.code()).as("%s", wrong).isEqualTo(FailureCode.DIGEST_MISMATCH);
    assertThat(flow.hasLanded("later-digest.bin", content)).as("the version before").isTrue();
  }
}
