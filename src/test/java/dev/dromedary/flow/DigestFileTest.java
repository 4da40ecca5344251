package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.FramingFault;
import dev.dromedary.demo.RangeFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lands agrees with the digest file of its source (I1), for which no byte is lost (I2). */
class DigestFileTest extends RunningFlow {

  private static final int SIZE = 400_000;

  private ScriptedOrigin elsewhere;

  /** With one connection a host, whoever keeps one makes every later test wait for ever. */
  @Override
  Map<String, String> settings() {
    return Map.of("origin.connections", "1");
  }

  @BeforeAll
  void startElsewhere() {
    elsewhere = ScriptedOrigin.start();
  }

  @AfterAll
  void stopElsewhere() {
    elsewhere.close();
  }

  @Test
  void lands_whenTheFileBesideItAgrees() {
    Content content = content(SIZE);
    Entry entry = serve("suffix.bin", content).with("digestFrom", ".sha256");
    publish("/suffix.bin.sha256", sha256(content) + "\n");
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(ranges("suffix.bin")).hasSize(1);
    assertThat(ranges("suffix.bin.sha256")).containsExactly("none");
  }

  @Test
  void lands_whenItsLineOfTheListAgrees() {
    Content content = content(SIZE);
    Entry entry = serve("listed.bin", content).with("digestFrom", "SHA256SUMS");
    publish(
        "/SHA256SUMS",
        sha256(content(1)) + "  other.bin\r\n" + sha256(content) + " *./listed.bin\r\n");
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
  }

  @Test
  void lands_whenOnlyTheLinesTellTheAlgorithms() {
    Content content = content(SIZE);
    Entry entry = serve("told.bin", content).with("digestFrom", "/sums?of=told");
    publish(
        "/sums",
        "MD5 (told.bin) = "
            + hex(content, DigestAlgorithm.MD5)
            + "\nSHA512 (told.bin) = "
            + hex(content, DigestAlgorithm.SHA_512)
            + "\n");
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("md5+sha-512");
  }

  @Test
  void neverLands_whenTheDigestIsAnother() {
    Content content = content(SIZE);
    Entry entry = serve("wrong.bin", content).with("digestFrom", ".sha256");
    publish("/wrong.bin.sha256", sha256(content(SIZE)) + "  wrong.bin\n");
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
    assertThat(ranges("wrong.bin")).hasSize(2).allMatch(range -> range.startsWith("bytes=0-"));
    assertThat(requests("wrong.bin.sha256")).hasSize(2);
    assertThat(flow.staged("wrong.bin")).hasSize(2).allMatch(name -> name.contains("rejected"));
  }

  @Test
  void neverLands_whenTheListKnowsADigestThatIsAnother() {
    Content content = content(SIZE);
    Entry entry =
        serve("both.bin", content).withDigestOf(content(SIZE)).with("digestFrom", ".sha256");
    publish("/both.bin.sha256", sha256(content) + "\n");
    assertFailed(flow.fetch(entry), FailureCode.DIGEST_MISMATCH);
  }

  @Test
  void lands_whenTheDigestFileIsPutRightMeanwhile() {
    Content content = content(SIZE);
    Entry entry = serve("late-sum.bin", content).with("digestFrom", ".sha256");
    String stale = sha256(content(SIZE)) + "\n";
    publish("/late-sum.bin.sha256", stale);
    origin.script(
        "/late-sum.bin.sha256",
        new BodyFault.ChangeVersionAfter(
            stale.length(), text("/late-sum.bin.sha256", sha256(content) + "\n")));
    TransferEvent end = flow.fetch(entry);
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(flow.failures("late-sum.bin")).containsExactly("DIGEST_MISMATCH");
  }

  @Test
  void waitsForADigestFileThatIsPublishedLater_withoutFetchingAByteTwice() {
    Content content = content(SIZE);
    Entry entry = serve("later.bin", content).with("digestFrom", ".sha256");
    publish("/later.bin.sha256", sha256(content) + "\n");
    origin.script("/later.bin.sha256", new Status(404), new Status(410), new Status(503));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("later.bin"))
        .containsExactly("DIGEST_MISSING", "DIGEST_MISSING", "SERVICE_UNAVAILABLE");
    assertThat(ranges("later.bin")).hasSize(1);
    assertThat(end.networkBytes()).isEqualTo(SIZE);
  }

  @Test
  void keepsTheBytesForTheNextPoll_whenTheDigestFileDoesNotCome() {
    Content content = content(SIZE);
    Entry entry = serve("never.bin", content).with("digestFrom", ".sha256");
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.DIGEST_MISSING);
    assertThat(end.reason())
        .contains("digest file")
        .contains("/never.bin.sha256: the server answered 404");
    assertThat(end.receivedBytes()).isEqualTo(SIZE);
    assertThat(requests("never.bin.sha256")).hasSize(4);
    publish("/never.bin.sha256", sha256(content) + "\n");
    assertLanded(flow.fetchAgain(entry), content);
    assertThat(ranges("never.bin")).hasSize(1);
  }

  @Test
  void saysHowManyLinesThereWere_whenNoneIsOfTheFile() {
    Entry entry = serve("unlisted.bin", content(SIZE)).with("digestFrom", "MD5SUMS");
    String other = hex(content(1), DigestAlgorithm.MD5);
    publish("/MD5SUMS", other + "  a\n" + other + "  b\n");
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.DIGEST_MISSING);
    assertThat(end.reason()).contains("'unlisted.bin', found 2 lines for other files");
  }

  @Test
  void givesUpAtOnce_whenTheDigestFileIsOfNoUse() {
    Map<String, Resource> useless =
        Map.of(
            "page.bin", text("/page.bin.sha256", "<html>Sign in").withContentType("text/html"),
            "packed.bin", Resource.of("/packed.bin.sha256", content(5 << 20)),
            "weak.bin", text("/weak.bin.sha256", "a1".repeat(16) + "  weak.bin\n"));
    useless.forEach(
        (id, digestFile) -> {
          Entry entry = serve(id, content(SIZE)).with("digestFrom", ".sha256");
          origin.put(digestFile);
          TransferEvent end = flow.fetch(entry);
          assertFailed(end, FailureCode.DIGEST_FILE_UNUSABLE);
          assertThat(end.receivedBytes()).isEqualTo(SIZE);
          assertThat(requests(id + ".sha256")).hasSize(1);
          assertThat(sent(id + ".sha256")).isLessThan(5 << 20);
        });
  }

  @Test
  void asksForTheDigestFileAlone_whenItsBodyWasCut() {
    Content content = content(SIZE);
    Entry entry = serve("cut-sum.bin", content).with("digestFrom", ".sha256");
    publish("/cut-sum.bin.sha256", sha256(content) + "\n");
    origin.script("/cut-sum.bin.sha256", new CutAfter(10, false), new CutAfter(64, true));
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.events("cut-sum.bin").stream().filter(event -> event.code() != null))
        .hasSize(2)
        .allMatch(event -> String.valueOf(event.reason()).startsWith("digest file http"));
    assertThat(ranges("cut-sum.bin")).hasSize(1);
    assertThat(requests("cut-sum.bin.sha256")).hasSize(3);
  }

  @Test
  void asksForTheDigestFileAgain_whenOnlyTheEndOfItsConnectionEndsIt() {
    Content content = content(SIZE);
    Entry entry = serve("half-sum.bin", content).with("digestFrom", "half-sum.txt");
    publish("/half-sum.txt", hex(content, DigestAlgorithm.SHA_512) + "\n");
    FramingFault unframed = new FramingFault.CloseDelimited();
    origin.script("/half-sum.txt", unframed.and(new CutAfter(64, false)));
    origin.forever("/half-sum.txt", unframed);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-512");
    assertThat(flow.failures("half-sum.bin")).containsExactly("SHORT_BODY");
    assertThat(ranges("half-sum.bin")).hasSize(1);
  }

  @Test
  void pollOfAnUnchangedSourceIsOneRequest() {
    Content content = content(SIZE);
    Entry entry = serve("same.bin", content).with("digestFrom", ".sha256");
    publish("/same.bin.sha256", sha256(content) + "\n");
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(requests("same.bin")).hasSize(2);
    assertThat(requests("same.bin.sha256")).hasSize(1);
  }

  @Test
  void isFetchedAnew_whenItLandedWithoutTheDigestFile() {
    Content content = content(SIZE);
    Entry entry = serve("hardened.bin", content);
    assertLanded(flow.fetch(entry), content);
    publish("/hardened.bin.sha256", sha256(content) + "\n");
    TransferEvent end = flow.fetchAgain(entry.with("digestFrom", ".sha256"));
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
  }

  @Test
  void resumesWithoutAValidator_becauseADigestWillDecide() {
    Content content = content(SIZE);
    Entry entry = serve("plain.bin", Resource.of("/plain.bin", content).withoutValidators());
    publish("/plain.bin.sha256", sha256(content) + "\n");
    origin.script("/plain.bin", new CutAfter(200_000, false));
    assertLanded(flow.fetch(entry.with("digestFrom", ".sha256")), content);
    assertThat(ranges("plain.bin")).last().isEqualTo("bytes=200000-" + (SIZE - 1));
  }

  @Test
  void mirrorIsHeldAgainstTheDigestFileOfTheFirstUrl() {
    Content content = content(SIZE);
    elsewhere.put(Resource.of("/copy.bin", content));
    publish("/mirrored.bin.sha256", sha256(content) + "\n");
    Entry entry = serve("mirrored.bin", content).with("digestFrom", ".sha256");
    origin.remove("/mirrored.bin");
    Entry both =
        entry.with(
            "urls",
            "['" + origin.uri("/mirrored.bin") + "', '" + elsewhere.uri("/copy.bin") + "']");
    both.keys().remove("url");
    TransferEvent end = flow.fetch(both);
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(elsewhere.requests("/copy.bin.sha256")).isEmpty();
  }

  @Test
  void noMirrorIsAsked_whenOnlyTheDigestFileFails() {
    for (Map.Entry<String, FailureCode> failing :
        Map.of("403", FailureCode.FORBIDDEN, "404", FailureCode.DIGEST_MISSING).entrySet()) {
      String id = "only-sum-" + failing.getKey() + ".bin";
      Content content = content(SIZE);
      elsewhere.put(Resource.of("/" + id, content));
      Entry entry = serve(id, content).with("digestFrom", ".sha256");
      origin.forever("/" + id + ".sha256", new Status(Integer.parseInt(failing.getKey())));
      Entry both =
          entry.with("urls", "['" + origin.uri("/" + id) + "', '" + elsewhere.uri("/" + id) + "']");
      both.keys().remove("url");
      assertFailed(flow.fetch(both), failing.getValue());
      assertThat(ranges(id)).hasSize(1);
      assertThat(requests(id + ".sha256")).hasSize(failing.getKey().equals("403") ? 1 : 4);
      assertThat(elsewhere.requests("/" + id)).isEmpty();
    }
  }

  @Test
  void followsARedirectOfTheDigestFile() {
    Content content = content(SIZE);
    Entry entry = serve("moved-sum.bin", content).with("digestFrom", ".sha256");
    publish("/moved-sum.txt", sha256(content) + "\n");
    origin.forever("/moved-sum.bin.sha256", new RedirectTo("/moved-sum.txt"));
    assertLanded(flow.fetch(entry), content);
  }

  @Test
  void redirectOfTheDigestFileIntoTheOwnNetworkIsRefused() {
    Entry entry = serve("inward.bin", content(SIZE)).with("digestFrom", ".sha256");
    elsewhere.put(text("/admin", "a1".repeat(32)));
    origin.forever(
        "/inward.bin.sha256", new RedirectTo(elsewhere.uri("/admin?key=s3cret").toString()));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.ADDRESS_REFUSED);
    assertThat(end.reason()).contains("127.0.0.1").doesNotContain("s3cret");
    assertThat(elsewhere.requests("/admin")).isEmpty();
  }

  @Test
  void endlessRedirectsOfTheDigestFileEnd() {
    Entry entry = serve("loop.bin", content(SIZE)).with("digestFrom", ".sha256");
    origin.forever("/loop.bin.sha256", new RedirectTo("/loop.bin.sha256"));
    assertFailed(flow.fetch(entry), FailureCode.TOO_MANY_REDIRECTS);
  }

  @Test
  void credentialsGoToTheHostsOfTheUrlsOnly() {
    Content content = content(SIZE);
    publish("/own.bin.sha256", sha256(content) + "\n");
    elsewhere.put(text("/SHA256SUMS", sha256(content) + "  foreign.bin\n"));
    Entry own = serve("own.bin", content).with("headers", "{Authorization: t0ken}");
    Entry foreign = serve("foreign.bin", content).with("headers", "{Authorization: t0ken}");
    assertLanded(flow.fetch(own.with("digestFrom", ".sha256")), content);
    assertLanded(
        flow.fetch(foreign.with("digestFrom", "'" + elsewhere.uri("/SHA256SUMS") + "'")), content);
    assertThat(requests("own.bin.sha256"))
        .extracting(request -> request.header("Authorization").orElse("none"))
        .containsExactly("t0ken");
    assertThat(elsewhere.requests("/SHA256SUMS"))
        .extracting(request -> request.header("Authorization").orElse("none"))
        .containsExactly("none");
  }

  @Test
  void queryIsSentAndNeverTold() {
    Entry entry = serve("signed.bin", content(SIZE)).with("digestFrom", "'sums.txt?sig=s3cret'");
    origin.put(text("/sums.txt", "nothing of use\n"));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.DIGEST_FILE_UNUSABLE);
    assertThat(end.reason()).contains("/sums.txt?…").doesNotContain("s3cret");
    assertThat(origin.requests("/sums.txt"))
        .extracting(SeenRequest::target)
        .containsExactly("/sums.txt?sig=s3cret");
  }

  @Test
  void bodyOfUnknownLengthLands_becauseADigestWillDecide() {
    Content content = content(SIZE);
    Entry entry = serve("endless.bin", content).with("digestFrom", ".sha256");
    publish("/endless.bin.sha256", sha256(content) + "\n");
    origin.forever(
        "/endless.bin", new RangeFault.IgnoreRange().and(new FramingFault.CloseDelimited()));
    assertLanded(flow.fetch(entry), content);
  }

  private void publish(String path, String text) {
    origin.put(text(path, text));
  }

  private static Resource text(String path, String text) {
    return Resource.of(path, FixedContent.of(text)).withContentType("text/plain");
  }

  private static String sha256(Content content) {
    return hex(content, DigestAlgorithm.SHA_256);
  }

  private static String hex(Content content, DigestAlgorithm algorithm) {
    return HexFormat.of().formatHex(content.digest(algorithm));
  }
}
