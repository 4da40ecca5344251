package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.RangeFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.Resource.EtagKind;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.TransferEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several connections of one transfer: what they ask for, and what one of them may cost. */
class ConnectionsIT extends RunningFlow {

  private static final int SIZE = 40 << 20;
  private static final Fault PACED = new LimitRate(30_000_000);

  @Override
  Map<String, String> settings() {
    return Map.of("part.connections", "4");
  }

  @Test
  void pinnedConnectionsFetchPartsAtTheSameTime_andNothingTwice() {
    Content content = content(SIZE);
    Entry entry = serve("four.bin", content).with("connections", "4").withDigestOf(content);
    origin.forever("/four.bin", PACED);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.connections()).isEqualTo(4);
    assertThat(mostAtOnce("four.bin")).isEqualTo(4);
    assertThat(flow.failures("four.bin")).isEmpty();
    assertThat(end.networkBytes()).isBetween((long) SIZE, (long) SIZE + 4 * CHUNK);
  }

  @Test
  void keptAliveConnectionIsReusedAcrossParts() {
    Content content = content(SIZE);
    TransferEvent end = flow.fetch(serve("reuse.bin", content).with("connections", "2"));
    assertLanded(end, content);
    long connections =
        requests("reuse.bin").stream().mapToInt(SeenRequest::connection).distinct().count();
    assertThat((long) requests("reuse.bin").size()).isGreaterThan(connections);
  }

  @Test
  void onePinnedConnectionIsOneRequest() {
    Content content = content(SIZE);
    assertLanded(flow.fetch(serve("single.bin", content).with("connections", "1")), content);
    assertThat(ranges("single.bin")).containsExactly("bytes=0-");
  }

  @Test
  void partThatFailsBesideOthersCostsNoAttempt() {
    Content content = content(SIZE);
    Entry entry = serve("lame.bin", content).with("connections", "4").withDigestOf(content);
    origin.script("/lame.bin", PACED, new CutAfter(100_000, false), new Status(403));
    origin.forever("/lame.bin", PACED);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("lame.bin")).isEmpty();
    assertThat(end.networkBytes()).isBetween((long) SIZE, (long) SIZE + 4 * CHUNK);
  }

  @Test
  void serverThatStopsServingRangesBesideOthersCostsNoByteReceived() {
    Content content = content(SIZE);
    Entry entry = serve("moody.bin", content).with("connections", "3").withDigestOf(content);
    origin.script("/moody.bin", PACED, new RangeFault.IgnoreRange());
    origin.forever("/moody.bin", PACED);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures("moody.bin")).isEmpty();
    assertThat(end.networkBytes())
        .as("%s", requests("moody.bin"))
        .isBetween((long) SIZE, (long) SIZE + 4 * CHUNK);
  }

  @Test
  void changeOfVersionIsSeenByALaterPart() {
    Content old = content(SIZE);
    Content fresh = content(SIZE);
    Entry entry = serve("later.bin", old).with("connections", "2");
    Resource next = Resource.of("/later.bin", fresh);
    origin.script("/later.bin", PACED, new ChangeVersionAfter(1 << 20, next));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, fresh);
    assertThat(flow.failures("later.bin")).contains("VERSION_CHANGED");
  }

  @Test
  void wholeThatAResumeMeetsIsReadToItsEnd_whenNoOtherAnswerIsOfItsVersion() {
    Content content = content(SIZE);
    Resource unstable = Resource.of("/each.bin", content).withEtag(EtagKind.PER_REQUEST);
    Entry entry = serve("each.bin", unstable);
    origin.script("/each.bin", new CutAfter(1 << 20, false));
    origin.forever("/each.bin", PACED);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(end.networkBytes())
        .as("%s", requests("each.bin"))
        .isBetween(SIZE + (1L << 20), SIZE + (1L << 20) + CHUNK);
  }

  @Test
  void wholeThatAResumeMeetsIsReadToItsEnd_whenTheServerIgnoresRanges() {
    Content fresh = content(SIZE);
    Entry entry = serve("deaf.bin", content(SIZE));
    Resource next = Resource.of("/deaf.bin", fresh);
    origin.script("/deaf.bin", new ChangeVersionAfter(1 << 20, next));
    origin.forever("/deaf.bin", PACED.and(new RangeFault.IgnoreRange()));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, fresh);
    assertThat(end.networkBytes())
        .as("%s", requests("deaf.bin"))
        .isBetween(SIZE + (1L << 20), SIZE + (1L << 20) + CHUNK);
  }

  @Test
  void closedServiceLeavesNoConnectionOpen() {
    Content content = content(1000);
    assertLanded(flow.fetch(serve("last.bin", content)), content);
    assertThat(origin.openConnections()).isLessThanOrEqualTo(16);
    flow.stop();
    await().atMost(Flow.LIMIT).until(() -> origin.openConnections() == 0);
    flow.remove("last.bin");
    flow.start();
  }

  private long mostAtOnce(String id) {
    return mostAtOnce(requests(id));
  }
}
