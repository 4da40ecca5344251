package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One origin and one running service for all tests of a class; each test has a path of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class RunningFlow {

  static final int CHUNK = 64 * 1024;

  Path directory;
  ScriptedOrigin origin;
  Flow flow;
  private long seeds;

  /** Returns the settings in which a class differs. */
  Map<String, String> settings() {
    return Map.of();
  }

  /** Changes what a class needs before the service is started. */
  void prepare(Flow prepared) {}

  @BeforeAll
  void startFlow(@TempDir Path temporary) {
    directory = temporary;
    origin = ScriptedOrigin.start();
    flow = Flow.prepared(directory, Map.of("part.chunk-size", "64KiB"));
    settings().forEach(flow::set);
    prepare(flow);
    flow.start();
  }

  @AfterAll
  void stopFlow() {
    flow.close();
    origin.close();
  }

  /** Returns bytes that no other test has. */
  Content content(long lengthBytes) {
    return new GeneratedContent(++seeds, lengthBytes);
  }

  /** Serves bytes under the id's path and returns the entry that asks for them. */
  Entry serve(String id, Content content) {
    return serve(id, Resource.of("/" + id, content));
  }

  Entry serve(String id, Resource resource) {
    origin.put(resource);
    return Entry.of(id, origin.uri("/" + id));
  }

  /** Returns the entry with its URL signed, as object stores have it. */
  Entry signed(Entry entry, String signature) {
    String query = "?X-Amz-Date=" + signature + "&X-Amz-Expires=60&X-Amz-Signature=" + signature;
    return entry.with("url", "'" + origin.uri("/" + entry.id()) + query + "'");
  }

  /** Serves bytes from a host whose habits are to be no other test's. */
  static Entry serve(ScriptedOrigin host, String id, Content content) {
    host.put(Resource.of("/" + id, content));
    return Entry.of(id, host.uri("/" + id));
  }

  /**
   * Says whether a source is held up by a rest that it has met, or begun as the last of several.
   */
  boolean isHeldUp(String id, Duration rest) {
    Duration most = rest.dividedBy(2);
    return flow.events(id).stream()
        .anyMatch(
            event ->
                event.code() == FailureCode.HOST_RESTING
                    || (event.nextAttemptAt() != null
                        && event.nextAttemptAt().isAfter(event.at().plus(most))));
  }

  /** Serves bytes from two hosts, of which the first is asked first. */
  static Entry serveAtBoth(
      ScriptedOrigin first, ScriptedOrigin second, String id, Content content) {
    serve(first, id, content);
    serve(second, id, content);
    String urls = "['" + first.uri("/" + id) + "', '" + second.uri("/" + id) + "']";
    return new Entry(id, Map.of("urls", urls, "to", id));
  }

  /** Serves so many files from a host that says no more after half of each. */
  Entry[] stalled(ScriptedOrigin host, String name, int many, long lengthBytes) {
    Entry[] entries = new Entry[many];
    for (int i = 0; i < many; i++) {
      String id = name + "-" + i;
      host.forever("/" + id, new StallAfter(lengthBytes / 2));
      entries[i] = serve(host, id, content(lengthBytes));
    }
    return entries;
  }

  /** Returns the most of the requests that were being answered at one moment. */
  static long mostAtOnce(List<SeenRequest> seen) {
    return seen.stream()
        .mapToLong(one -> seen.stream().filter(other -> isOpenAt(other, one.startedAt())).count())
        .max()
        .orElse(0);
  }

  private static boolean isOpenAt(SeenRequest request, Instant moment) {
    return !request.startedAt().isAfter(moment)
        && request.endedAt().map(end -> end.isAfter(moment)).orElse(true);
  }

  static List<String> ranges(ScriptedOrigin host, String id) {
    return host.requests("/" + id).stream()
        .map(request -> request.header("Range").orElse("none"))
        .toList();
  }

  List<SeenRequest> requests(String id) {
    return origin.requests("/" + id);
  }

  /** Returns the Range headers of a source's requests, {@code none} where there was none. */
  List<String> ranges(String id) {
    return ranges(origin, id);
  }

  /** Returns how many bytes of bodies the origin sent for a source. */
  long sent(String id) {
    return requests(id).stream().mapToLong(SeenRequest::bodyBytesSent).sum();
  }

  void assertLanded(TransferEvent end, Content content) {
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(flow.hasLanded(end.target(), content)).as("landed bytes of %s", end).isTrue();
    assertThat(end.receivedBytes()).isEqualTo(content.lengthBytes());
    assertThat(flow.staged(end.sourceId())).isEmpty();
    assertThat(flow.landedNames()).noneMatch(name -> name.endsWith(".landing"));
    assertThat(flow.<TransferState>ledger(ledger -> stored(ledger, end)))
        .isEqualTo(TransferState.LANDED);
  }

  void assertFailed(TransferEvent end, FailureCode code) {
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.FAILED);
    assertThat(end.code()).as("%s", end).isEqualTo(code);
    assertThat(flow.landedNames()).doesNotContain(end.target());
    assertThat(flow.<TransferState>ledger(ledger -> stored(ledger, end)))
        .isEqualTo(TransferState.FAILED);
  }

  private static TransferState stored(Ledger ledger, TransferEvent end) {
    return ledger.transfer(end.transferId()).orElseThrow().state();
  }
}
