package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault;
import dev.dromedary.demo.BackendFault;
import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.SourcesMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a second look at a source costs and does, and what an edit of the list does. */
class PollTest extends RunningFlow {

  @Test
  void landsAndRecordsWhatWasServed() {
    Content content = content(300_000);
    TransferEvent end = flow.fetch(serve("first.bin", content).withDigestOf(content));
    assertLanded(end, content);
    assertThat(end.verifiedBy()).isEqualTo("sha-256");
    assertThat(end.attempts()).isEqualTo(1);
    assertThat(requests("first.bin")).hasSize(1);
    assertThat(end.networkBytes()).isEqualTo(300_000);
  }

  @Test
  void unchangedSourceCostsOneConditionalRequestAndChangesNothing() throws IOException {
    Content content = content(200_000);
    Entry entry = serve("unchanged.bin", content);
    assertLanded(flow.fetch(entry), content);
    FileTime time = Files.getLastModifiedTime(flow.landed("unchanged.bin"));

    TransferEvent end = flow.fetchAgain(entry);
    assertThat(end.state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(requests("unchanged.bin")).hasSize(2);
    SeenRequest second = requests("unchanged.bin").get(1);
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.bodyBytesSent()).isZero();
    assertThat(second.header("If-None-Match")).isPresent();
    assertThat(second.header("If-Modified-Since")).isPresent();
    assertThat(flow.hasLanded("unchanged.bin", content)).isTrue();
    assertThat(Files.getLastModifiedTime(flow.landed("unchanged.bin"))).isEqualTo(time);
    assertThat(flow.staged("unchanged.bin")).isEmpty();
  }

  @Test
  void fetchesAnewUnconditionally_whenTheLandedFileWasRemoved() throws IOException {
    Content content = content(100_000);
    Entry entry = serve("removed.bin", content);
    flow.fetch(entry);
    Files.delete(flow.landed("removed.bin"));
    assertLanded(flow.fetchAgain(entry), content);
    assertUnconditional(requests("removed.bin").get(1));
  }

  @Test
  void fetchesAnewUnconditionally_whenTheLandedFileWasAltered() throws IOException {
    Content content = content(100_000);
    Entry entry = serve("altered.bin", content);
    flow.fetch(entry);
    byte[] bytes = Files.readAllBytes(flow.landed("altered.bin"));
    bytes[5] ^= 1;
    Files.write(flow.landed("altered.bin"), bytes);
    Files.setLastModifiedTime(
        flow.landed("altered.bin"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    assertLanded(flow.fetchAgain(entry), content);
    assertUnconditional(requests("altered.bin").get(1));
  }

  @Test
  void changedSourceLands_andTheOldVersionIsReadableUntilTheSwitch() {
    Content old = content(100_000);
    Content fresh = content(500_000);
    Entry entry = serve("changed.bin", old);
    flow.fetch(entry);
    origin.put(Resource.of("/changed.bin", fresh));
    origin.script("/changed.bin", new BodyFault.Trickle(1_000_000));
    Flow.bean(SourcesMXBean.NAME, SourcesMXBean.class).poll("changed.bin");
    origin.awaitRequests("/changed.bin", 2, Flow.LIMIT);
    await()
        .atMost(Flow.LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              boolean isOld = flow.hasLanded("changed.bin", old);
              boolean isFresh = !isOld && flow.hasLanded("changed.bin", fresh);
              assertThat(isOld || isFresh).as("a whole version under the name").isTrue();
              return isFresh;
            });
    assertLanded(flow.awaitEnd("changed.bin", 2), fresh);
  }

  @Test
  void fetchesAnew_whenTheUrlIsAnotherOne() {
    Content content = content(50_000);
    Entry entry = serve("moved.bin", content);
    flow.fetch(entry);
    Entry moved = serve("moved-here.bin", content);
    TransferEvent end = flow.fetchAgain(new Entry("moved.bin", moved.keys()).to("moved.bin"));
    assertLanded(end, content);
    assertUnconditional(requests("moved-here.bin").get(0));
  }

  @Test
  void fetchesAnew_whenARedirectLeadsToAnotherReleaseThatIsNamedAlike() {
    Content old = content(50_000);
    Content fresh = content(50_000);
    Entry entry = redirected("latest.raw", "/rel1/disk.raw", old);
    assertLanded(flow.fetch(entry), old);
    redirected("latest.raw", "/rel2/disk.raw", fresh);
    assertLanded(flow.fetchAgain(entry), fresh);
    assertUnconditional(origin.requests("/rel2/disk.raw").get(0));
  }

  @Test
  void fetchesAnewUnconditionally_whenTheServerSaysUnchangedOfAnotherVersion() {
    Entry entry = serve("torn.bin", content(50_000));
    flow.fetch(entry);
    Content fresh = content(50_000);
    origin.put(Resource.of("/torn.bin", fresh));
    origin.script(
        "/torn.bin", new AnswerFault.Status(304, Map.of("ETag", "\"another\""), "unchanged"));
    assertLanded(flow.fetchAgain(entry), fresh);
    assertThat(requests("torn.bin").get(1).header("If-None-Match")).isPresent();
    assertUnconditional(requests("torn.bin").get(2));
  }

  @Test
  void isUnchanged_whenTheServerSendsTheLandedVersionAllTheSame() {
    Content content = content(4_000_000);
    Entry entry = serve("deaf.bin", content);
    assertLanded(flow.fetch(entry), content);
    origin.forever("/deaf.bin", new BackendFault.Deaf("If-None-Match", "If-Modified-Since"));
    TransferEvent end = flow.fetchAgain(entry);
    assertThat(end.state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(end.networkBytes()).isZero();
    assertThat(requests("deaf.bin").get(1).status()).isEqualTo(206);
    assertThat(flow.hasLanded("deaf.bin", content)).isTrue();
    assertThat(flow.staged("deaf.bin")).isEmpty();
  }

  @Test
  void isUnchanged_whenItsUrlIsSignedAnew() {
    Content content = content(50_000);
    Entry entry = serve("store.bin", content);
    assertLanded(flow.fetch(signed(entry, "one")), content);
    assertThat(flow.fetchAgain(signed(entry, "two")).state()).isEqualTo(TransferState.UNCHANGED);
    SeenRequest second = requests("store.bin").get(1);
    assertThat(second.status()).isEqualTo(304);
    assertThat(second.target()).endsWith("&X-Amz-Signature=two");
  }

  @Test
  void isUnchanged_whenARedirectLeadsToTheSamePathByAnotherLink() {
    Content content = content(50_000);
    Entry entry = redirected("signed.raw", "/disk.raw?signature=1", content);
    assertLanded(flow.fetch(entry), content);
    redirected("signed.raw", "/disk.raw?signature=2", content);
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(origin.requests("/disk.raw").get(1).status()).isEqualTo(304);
  }

  @Test
  void isUnchanged_whenARedirectLeadsToAnotherPathAndTheListHasTheDigest() {
    Content content = content(50_000);
    Entry entry = redirected("known.raw", "/a/known.raw", content).withDigestOf(content);
    assertLanded(flow.fetch(entry), content);
    redirected("known.raw", "/b/known.raw", content);
    assertThat(flow.fetchAgain(entry).state()).isEqualTo(TransferState.UNCHANGED);
    assertThat(origin.requests("/b/known.raw").get(0).status()).isEqualTo(304);
  }

  /** Serves a file where a redirect leads to, whose ETag is made of size and date. */
  private Entry redirected(String id, String target, Content content) {
    String path = target.replaceFirst("[?].*", "");
    origin.put(Resource.of(path, content));
    origin.forever(path, new BackendFault.Named("\"69786040-c350\""));
    origin.forever("/" + id, new AnswerFault.RedirectTo(target));
    return Entry.of(id, origin.uri("/" + id));
  }

  @Test
  void brokenListKeepsTheLastGoodOne() {
    Content content = content(10_000);
    Entry entry = serve("steady.bin", content).with("every", "800ms");
    flow.fetch(entry);
    flow.writeList("sources:\n  - id: steady.bin\n    nonsense: true\n");
    TransferEvent second = flow.awaitEnd("steady.bin", 2);
    assertThat(second.state()).isEqualTo(TransferState.UNCHANGED);
    flow.remove("steady.bin");
  }

  private static void assertUnconditional(SeenRequest request) {
    assertThat(request.header("If-None-Match")).isEmpty();
    assertThat(request.header("If-Modified-Since")).isEmpty();
  }
}
