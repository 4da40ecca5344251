package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.RangeFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.LimitsMXBean;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is settled for a host, and what it has shown, holds for all transfers to it. */
class OriginsIT extends RunningFlow {

  private static final int SIZE = 24 << 20;
  private static final LimitRate PACED = new LimitRate(4_000_000);
  private static final String THREE =
      """
      origins:
        - host: 127.0.0.1:%d
          connections: 3
          maxConnections: 3
          headers: { X-Team: origin, X-Project: origin }
      """;

  @Override
  Map<String, String> settings() {
    settled = ScriptedOrigin.start();
    settle(THREE);
    return Map.of(
        "origins", file().toString(), "retry.tries", "5", "http.guard-allow", "127.0.0.1");
  }

  private ScriptedOrigin settled;

  @AfterAll
  void closeSettled() {
    settled.close();
  }

  private Path file() {
    return directory.resolve("origins.yaml");
  }

  private void settle(String yaml) {
    try {
      Files.writeString(file(), yaml.formatted(settled.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hostThatBansRangesGetsOneRangedRequestOverTwoTransfers() {
    for (int status : new int[] {403, 416}) {
      try (ScriptedOrigin host = ScriptedOrigin.start()) {
        Content content = content(SIZE);
        Content other = content(SIZE);
        Entry first = serve(host, "ban-" + status, content);
        Entry second = serve(host, "ban-next-" + status, other);
        host.forever("/" + first.id(), new RangeFault.BanRange(status));
        host.forever("/" + second.id(), new RangeFault.BanRange(status));
        assertLanded(flow.fetch(first), content);
        assertLanded(flow.fetch(second), other);
        assertThat(ranges(host, first.id())).containsExactly("bytes=0-8388607", "none");
        assertThat(ranges(host, second.id())).containsExactly("none");
      }
    }
  }

  @Test
  void hostThatManglesRangesIsAskedForTheWholeByTheNextTransfer() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      Content other = content(SIZE);
      Entry first = serve(host, "mangle.bin", content);
      Entry second = serve(host, "mangle-next.bin", other);
      host.forever("/mangle.bin", new RangeFault.WrongContentRange(7, 7));
      host.forever("/mangle-next.bin", new RangeFault.MultipartByteranges());
      assertLanded(flow.fetch(first), content);
      assertLanded(flow.fetch(second), other);
      assertThat(ranges(host, "mangle-next.bin")).containsExactly("none");
      assertThat(flow.failures("mangle-next.bin")).isEmpty();
    }
  }

  @Test
  void refusalOfAPageIsNotTakenForOneOfRanges() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      Entry denied = serve(host, "denied.bin", content(10));
      host.forever("/denied.bin", new Status(403));
      flow.fetch(denied);
      assertLanded(flow.fetch(serve(host, "open.bin", content)), content);
      assertThat(ranges(host, "open.bin")).first().isEqualTo("bytes=0-8388607");
    }
  }

  @Test
  void refusedConnectionTakesTheNumberDownForTheNextTransferToo() {
    try (ScriptedOrigin host = ScriptedOrigin.start()) {
      Content content = content(SIZE);
      Content other = content(SIZE);
      Entry first = serve(host, "crowded.bin", content).with("connections", "4");
      Entry second = serve(host, "crowded-next.bin", other).with("connections", "4");
      host.script("/crowded.bin", PACED, PACED, PACED, new Status(429));
      host.forever("/crowded.bin", PACED);
      host.forever("/crowded-next.bin", PACED);
      TransferEvent end = flow.fetch(first);
      assertLanded(end, content);
      assertThat(flow.failures("crowded.bin")).isEmpty();
      TransferEvent next = flow.fetch(second);
      assertLanded(next, other);
      assertThat(next.connections()).isBetween(1, 2);
    }
  }

  @Test
  void settledHostHasItsConnectionsAndHeaders_withThoseOfTheSourceOverThem() {
    Content content = content(SIZE);
    Entry entry = serve(settled, "settled.bin", content).with("headers", "{ x-project: source }");
    settled.forever("/settled.bin", PACED);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.connections()).isEqualTo(3);
    for (SeenRequest request : settled.requests("/settled.bin")) {
      assertThat(request.header("X-Team")).hasValue("origin");
      assertThat(request.header("X-Project")).hasValue("source");
    }

    Entry elsewhere = serve("plain.bin", content);
    assertLanded(flow.fetch(elsewhere), content);
    assertThat(requests("plain.bin").get(0).header("X-Team")).isEmpty();
  }

  @Test
  void settledHostHasNoMoreConnections_whenRedirectsLeadToIt() {
    Content content = content(2_000_000);
    List<String> ids = IntStream.range(0, 6).mapToObj(i -> "moved-" + i).toList();
    for (String id : ids) {
      Entry moved = serve(id, content);
      settled.put(Resource.of("/" + id, content));
      settled.forever("/" + id, PACED);
      origin.forever("/" + id, new RedirectTo(settled.uri("/" + id).toString()));
      flow.add(moved);
    }
    ids.forEach(id -> assertLanded(flow.awaitEnd(id, 1), content));
    List<SeenRequest> seen =
        ids.stream().flatMap(id -> settled.requests("/" + id).stream()).toList();
    assertThat(mostAtOnce(seen)).as("%s", seen).isLessThanOrEqualTo(3);
  }

  @Test
  void digestFileWaitsForAConnectionOfTheHostItIsRedirectedTo() {
    settle(THREE);
    Entry busy = serve(settled, "busy.bin", content(SIZE));
    settled.forever("/busy.bin", new StallAfter(1000));
    flow.add(busy);
    await().atMost(Flow.LIMIT).until(() -> settled.requests("/busy.bin").size() == 3);
    Content content = content(1000);
    String digest = HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256));
    settled.put(Resource.of("/sum", FixedContent.of(digest)).withContentType("text/plain"));
    origin.script("/summed.bin.sha256", new RedirectTo(settled.uri("/sum").toString()));
    flow.add(serve("summed.bin", content).with("digestFrom", ".sha256"));

    await().atMost(Flow.LIMIT).until(this::isSettledHostWaitedFor);
    assertThat(settled.requests("/sum")).isEmpty();

    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel("busy.bin");
    assertLanded(flow.awaitEnd("summed.bin", 1), content);
    flow.remove("busy.bin");
  }

  private boolean isSettledHostWaitedFor() {
    return Flow.bean(LimitsMXBean.NAME, LimitsMXBean.class).getHosts().stream()
        .anyMatch(
            host -> host.host().endsWith(":" + settled.port()) && host.waitingTransfers() == 1);
  }

  @Test
  void editIsUsedWhileTransfersRun_andABrokenOneIsNot() {
    Content content = content(6_000_000);
    Entry entry = serve("edited.bin", content).with("connections", "2");
    String host = "127.0.0.1:" + origin.port();
    settle("origins:\n- host: " + host + "\n  rate: 400kB\n");
    flow.add(entry);
    flow.awaitReceived("edited.bin", 200_000);
    settle("origins:\n- host: " + host + "\n  rate: 1kB\n  speed: 7\n");
    long begun = System.nanoTime();
    flow.awaitReceived("edited.bin", 800_000);
    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(600_000 / seconds).isBetween(150_000.0, 600_000.0);
    settle("origins: []\n");
    begun = System.nanoTime();
    assertLanded(flow.awaitEnd("edited.bin", 1), content);
    assertThat((System.nanoTime() - begun) / 1e9).isLessThan(5);
  }

  @Test
  void hostSettledToBeWithoutRangesIsNeverAskedForOne_alsoToResume() {
    Content content = content(SIZE);
    Entry entry = serve("never.bin", content);
    settle("origins:\n- host: 127.0.0.1:" + origin.port() + "\n  ranges: never\n");
    Content marker = content(10);
    assertLanded(flow.fetch(serve("marker.bin", marker)), marker);
    origin.script("/never.bin", new CutAfter(1_000_000, false));
    assertLanded(flow.fetch(entry), content);
    assertThat(ranges("never.bin")).containsExactly("none", "none");
    settle("origins: []\n");
  }
}
