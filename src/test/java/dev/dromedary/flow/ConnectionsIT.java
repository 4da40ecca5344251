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
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.observe.TransferEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Several connections of one transfer: what they ask for, and what one of them may cost. */
class ConnectionsIT extends RunningFlow {

  private static final int SIZE = 40 << 20;
  private static final int HALF = SIZE / 2;

  /** So much is here before a second connection is open. */
  private static final long EARLY = 64 << 10;

  private static final Fault SLOW = new LimitRate(5_000_000);
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
  void versionThatAResumeMeetsComesOverSeveralConnections() {
    Content fresh = content(HALF);
    TransferEvent end = flow.fetch(resumedAsAnother("resumed.bin", fresh));
    assertLanded(end, fresh);
    assertThat(requests("resumed.bin").get(1).status()).isEqualTo(200);
    assertThat(mostAtOnce("resumed.bin")).isEqualTo(4);
    assertThat(flow.failures("resumed.bin")).containsExactly("SHORT_BODY");
    assertReceived(end, 4 * CHUNK);
  }

  @Test
  void versionThatAResumeMeetsComesOverSeveralConnections_whenTheFirstBesideItBreaks() {
    Content fresh = content(HALF);
    Fault broken = new CloseWithoutAnswer();
    TransferEvent end = flow.fetch(resumedAsAnother("frail.bin", fresh, broken, broken));
    assertLanded(end, fresh);
    assertThat(mostAtOnce("frail.bin")).isGreaterThanOrEqualTo(2);
    assertThat(flow.failures("frail.bin")).containsExactly("SHORT_BODY");
    assertReceived(end, 4 * CHUNK);
  }

  @Test
  void wholeThatAResumeMeetsIsReadToItsEnd_whenEachConnectionBesideItBreaks() {
    Content fresh = content(HALF);
    Fault broken = new CloseWithoutAnswer();
    Entry entry = resumedAsAnother("lonely.bin", fresh, broken, broken, broken, new Status(404));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, fresh);
    assertThat(requests("lonely.bin")).hasSizeBetween(5, 7);
    assertThat(flow.failures("lonely.bin")).containsExactly("SHORT_BODY");
    assertReceived(end, CHUNK);
  }

  @Test
  void wholeThatAResumeMeetsLandsAtItsEnd_whenNoAnswerComesBesideIt() {
    Content fresh = content(HALF);
    Fault silent = new StallBeforeHeaders(Duration.ofMinutes(2));
    TransferEvent end = flow.fetch(resumedAsAnother("mute.bin", fresh, silent));
    assertLanded(end, fresh);
    assertThat(requests("mute.bin")).hasSize(3);
    assertThat(flow.failures("mute.bin")).containsExactly("SHORT_BODY");
    assertReceived(end, CHUNK);
  }

  @Test
  void wholeThatAResumeMeetsIsReadToItsEnd_whenNoOtherAnswerIsOfItsVersion() {
    Content content = content(HALF);
    Resource unstable = Resource.of("/each.bin", content).withEtag(EtagKind.PER_REQUEST);
    Entry entry = serve("each.bin", unstable);
    origin.script("/each.bin", new CutAfter(EARLY, false));
    origin.forever("/each.bin", SLOW);
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertReceived(end, CHUNK);
  }

  @Test
  void wholeThatAResumeMeetsIsReadToItsEnd_whenTheServerIgnoresRanges() {
    Content fresh = content(HALF);
    Entry entry = resumedAsAnother("deaf.bin", fresh);
    origin.forever("/deaf.bin", SLOW.and(new RangeFault.IgnoreRange()));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, fresh);
    assertReceived(end, CHUNK);
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

  /**
   * Serves a file that is another a moment later: its first answer breaks, and the resume gets the
   * whole of the other.
   *
   * @param beside what becomes of the requests after that, one by one
   */
  private Entry resumedAsAnother(String id, Content fresh, Fault... beside) {
    Entry entry = serve(id, content(fresh.lengthBytes()));
    Fault[] script = new Fault[2 + beside.length];
    script[0] = new ChangeVersionAfter(EARLY, Resource.of("/" + id, fresh));
    script[1] = SLOW;
    System.arraycopy(beside, 0, script, 2, beside.length);
    origin.script("/" + id, script);
    origin.forever("/" + id, SLOW);
    return entry;
  }

  /** So much came of the version that was given up, and of the other hardly a byte twice. */
  private void assertReceived(TransferEvent end, int mostTwice) {
    long once = end.receivedBytes() + EARLY;
    assertThat(end.networkBytes())
        .as("%s", requests(end.sourceId()))
        .isBetween(once, once + mostTwice);
  }

  private long mostAtOnce(String id) {
    return mostAtOnce(requests(id));
  }
}
