package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the owner of a source rules out is never landed, and is told as early as it can be. */
class ContentGuardTest extends RunningFlow {

  private static final Content PAGE =
      FixedContent.of("<!DOCTYPE html>\n<title>Sign in</title>" + " ".repeat(200_000));

  @Test
  void wrongContentTypeIsRefusedBeforeItsBodyIsRead() {
    Content content = content(40_000_000);
    Entry entry = serve("type.zip", content).with("contentType", "application/zip");
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.CONTENT_TYPE_UNEXPECTED);
    assertThat(end.reason()).contains("application/octet-stream");
    assertThat(requests("type.zip")).hasSize(1);
    assertThat(end.networkBytes()).isZero();
    assertThat(sent("type.zip")).isLessThan(content.lengthBytes() / 2);
  }

  @Test
  void sizeOutOfBoundsIsRefusedBeforeItsBodyIsRead() {
    Entry small = serve("small.bin", content(1000)).with("minSize", "2000");
    Entry large = serve("large.bin", content(30_000_000)).with("maxSize", "1MiB");
    TransferEvent tooSmall = flow.fetch(small);
    assertFailed(tooSmall, FailureCode.SIZE_UNEXPECTED);
    assertThat(tooSmall.networkBytes()).isZero();
    assertFailed(flow.fetch(large), FailureCode.SIZE_UNEXPECTED);
    assertThat(requests("large.bin")).hasSize(1);
  }

  @Test
  void wrongMagicIsRefusedAfterTheFirstBytes_andTheyAreKept() throws IOException {
    Content content = content(40_000_000);
    Entry entry = serve("magic.zip", content).with("magic", "zip").with("connections", "1");
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.MAGIC_UNEXPECTED);
    assertThat(end.networkBytes()).isLessThan(content.lengthBytes() / 2);
    assertThat(flow.staged("magic.zip")).hasSize(1).allMatch(name -> name.endsWith(".rejected"));
    Path kept = flow.staging().resolve(flow.staged("magic.zip").get(0));
    assertThat(Files.size(kept)).isPositive();
    String recorded = flow.ledger(l -> l.transfer(end.transferId()).orElseThrow().partFile());
    assertThat(recorded).endsWith(".part.rejected");
  }

  @Test
  void webPageInPlaceOfAFileDoesNotLand() {
    Entry entry = serve("login.bin", page("/login.bin"));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.HTML_UNEXPECTED);
    assertThat(flow.staged("login.bin")).hasSize(1).allMatch(name -> name.endsWith(".rejected"));
  }

  @Test
  void shortWebPageWithoutRangesDoesNotLand() {
    Entry entry = serve("short.bin", content(1000));
    origin.forever(
        "/short.bin", new Status(200, Map.of("Content-Type", "text/html"), "<html>Sign in"));
    assertFailed(flow.fetch(entry), FailureCode.HTML_UNEXPECTED);
  }

  @Test
  void webPageLandsWhereOneIsExpected() {
    assertLanded(flow.fetch(serve("page.html", page("/page.html"))), PAGE);
    Entry typed = serve("typed", page("/typed")).with("contentType", "text/html");
    assertLanded(flow.fetch(typed), PAGE);
  }

  @Test
  void fileThatHoldsAgainstEveryGuardLands() {
    Content content = FixedContent.of("PK\u0003\u0004" + "x".repeat(300_000));
    Entry entry =
        serve("good.zip", Resource.of("/good.zip", content).withContentType("application/zip"))
            .with("contentType", "['application/*', 'binary/octet-stream']")
            .with("minSize", "1KiB")
            .with("maxSize", "1MiB")
            .with("magic", "[gzip, zip]")
            .with("maxShrink", "10%");
    origin.script("/good.zip", new CutAfter(100_000, false));
    assertLanded(flow.fetch(entry), content);
  }

  @Test
  void suddenShrinkIsRefused_andTheVersionBeforeStays() {
    Content before = content(100_000);
    Entry entry = serve("shrink.bin", before).with("maxShrink", "50%");
    assertLanded(flow.fetch(entry), before);
    origin.put(Resource.of("/shrink.bin", content(49_999)));
    TransferEvent end = fetchUntil(entry, FailureCode.SHRUNK);
    assertThat(end.reason()).contains("100000").contains("49999");
    assertThat(flow.hasLanded("shrink.bin", before)).isTrue();
    Content smaller = content(50_000);
    origin.put(Resource.of("/shrink.bin", smaller));
    flow.add(entry.with("every", "50ms"));
    await().atMost(Flow.LIMIT).until(() -> flow.hasLanded("shrink.bin", smaller));
    flow.remove("shrink.bin");
  }

  @Test
  void mirrorIsAsked_whenTheFirstAnswersWithAPage() {
    Content content = content(300_000);
    origin.put(page("/mirror-login"));
    origin.put(Resource.of("/mirror-file", content));
    Entry entry =
        new Entry(
            "mirror.bin",
            Map.of(
                "to",
                "mirror.bin",
                "urls",
                List.of(origin.uri("/mirror-login"), origin.uri("/mirror-file")).toString()));
    TransferEvent end = flow.fetch(entry);
    assertThat(flow.hasLanded("mirror.bin", content)).as("%s", end).isTrue();
    assertThat(flow.failures("mirror.bin")).containsExactly("HTML_UNEXPECTED");
  }

  @Test
  void fileThatLandedUnderOtherGuardsIsFetchedAnew() {
    Content content = content(100_000);
    Entry entry = serve("later.bin", content);
    assertLanded(flow.fetch(entry), content);
    TransferEvent end = fetchUntil(entry.with("magic", "zip"), FailureCode.MAGIC_UNEXPECTED);
    assertThat(end.code()).isEqualTo(FailureCode.MAGIC_UNEXPECTED);
  }

  @Test
  void typeIsJudgedByTheGuardOfNow_whenAllBytesWereHereBefore() throws IOException {
    Entry entry = serve("guard-later.bin", content(300_000)).to("link-1/a.bin");
    keepWhole(entry, "link-1");
    int asked = requests("guard-later.bin").size();
    TransferEvent end =
        fetchUntil(entry.with("contentType", "text/csv"), FailureCode.CONTENT_TYPE_UNEXPECTED);
    assertThat(end.reason()).contains("text/csv").contains("application/octet-stream");
    assertThat(end.reason()).contains(".rejected");
    assertThat(flow.landed("link-1/a.bin")).doesNotExist();
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void fileThatOnlyBeginsAsAPageLands_whenAllBytesWereHereBefore() throws IOException {
    Resource table = Resource.of("/table.xml", PAGE).withContentType("application/xml");
    Entry entry = serve("table.xml", table).to("link-2/table.xml");
    keepWhole(entry, "link-2");
    TransferEvent end = flow.fetchAgain(entry);
    assertThat(end.code()).as("%s", end.reason()).isNull();
    assertThat(flow.hasLanded("link-2/table.xml", PAGE)).isTrue();
  }

  /** Receives all of it, which a link in the way keeps from landing. */
  private void keepWhole(Entry entry, String link) throws IOException {
    Files.createDirectories(flow.landing());
    Path inTheWay = Files.createSymbolicLink(flow.landed(link), directory);
    assertFailed(flow.fetch(entry), FailureCode.TARGET_UNSAFE);
    flow.remove(entry.id());
    Files.delete(inTheWay);
  }

  private TransferEvent fetchUntil(Entry entry, FailureCode code) {
    flow.add(entry.with("every", "50ms"));
    await()
        .atMost(Flow.LIMIT)
        .until(() -> flow.ends(entry.id()).stream().anyMatch(event -> event.code() == code));
    flow.remove(entry.id());
    return flow.ends(entry.id()).stream()
        .filter(event -> event.code() == code)
        .findFirst()
        .orElseThrow();
  }

  private static Resource page(String path) {
    return Resource.of(path, PAGE).withContentType("text/html; charset=utf-8");
  }
}
