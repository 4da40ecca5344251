package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for any size, number of connections, cut and habit of a server (I1, I2, I5). The real
 * service runs one poll over all generated sources at once; a failure names each case in a line.
 *
 * <p>{@code -Dproperty.seed} draws others, {@code -Dproperty.cases} so many, and {@code
 * -Dproperty.case} plays the one whose line it is.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferPropertyIT {

  private static final int CHUNK = 16 * 1024;
  private static final long SEED = Long.getLong("property.seed", 20_261_122);
  private static final int CASES = Integer.getInteger("property.cases", 120);
  private static final URI DEAD = URI.create("http://127.0.0.1:1/nobody.bin");

  private final List<Played> played = new ArrayList<>();
  private final Map<String, TransferRecord> records = new HashMap<>();
  private Flow flow;

  @BeforeAll
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void playAll(@TempDir Path directory) throws Exception {
    flow = Flow.prepared(directory, Map.of("part.chunk-size", "16KiB"));
    flow.set("transfer.concurrency", "16");
    flow.set("retry.tries", "20");
    cases().forEach(this::prepare);
    Map<String, TransferEvent> ends =
        flow.pollOnce().stream().collect(Collectors.toMap(TransferEvent::sourceId, end -> end));
    for (Played one : played) {
      one.end = ends.get(one.id);
    }
    flow.ledger(ledger -> note(ledger, ends));
  }

  private static Stream<GeneratedCase> cases() {
    String line = System.getProperty("property.case");
    CaseGenerator generator = new CaseGenerator(new Random(SEED), CHUNK);
    return line != null
        ? Stream.of(GeneratedCase.parse(line))
        : Stream.generate(generator::next).limit(CASES);
  }

  /** Each has a server of its own: what one shows of its host is remembered for the next. */
  private void prepare(GeneratedCase drawn) {
    Played one = new Played("case-%03d".formatted(played.size()), drawn, ScriptedOrigin.start());
    one.origin.put(drawn.resource(one.path()));
    one.origin.rateLimitPerConnection(drawn.paceBytes());
    one.origin.script(one.path(), drawn.script());
    one.origin.forever(one.path(), drawn.habit().fault());
    played.add(one);
    flow.add(one.entry());
  }

  @AfterAll
  void closeAll() {
    played.forEach(one -> one.origin.close());
    flow.close();
  }

  @Test
  void caseIsReadAsItWasWritten() {
    assertEach(
        one -> check(GeneratedCase.parse(one.drawn.toString()).equals(one.drawn), "differs"));
  }

  @Test
  void everySourceEndsInARecordedOutcome() {
    assertEach(
        one -> {
          TransferState expected =
              one.drawn.mustFail() ? TransferState.FAILED : TransferState.LANDED;
          FailureCode why = one.drawn.failsWith();
          TransferRecord record = records.get(one.id);
          boolean isRight =
              record != null && record.state() == expected && (why == null || record.code() == why);
          return check(isRight, "expected " + expected + ", found " + record);
        });
  }

  @Test
  void landedBytesAreTheServedBytes() {
    assertEach(
        one ->
            check(
                flow.hasLanded(one.id, one.drawn.content()) != one.drawn.mustFail(),
                "landed: " + flow.landedNames().contains(one.id) + ", other bytes"));
  }

  @Test
  void nothingOfALandedSourceStaysInStaging() {
    assertEach(
        one ->
            check(
                one.drawn.mustFail() || flow.staged(one.id).isEmpty(),
                "staged: " + flow.staged(one.id)));
  }

  @Test
  void atMostAChunkForEachCutAndConnectionIsReceivedTwice_whereRangesAreHonoured() {
    assertEach(
        one -> {
          if (!one.drawn.keepsWhatIsHere()) {
            return "";
          }
          long fetched = Objects.requireNonNull(records.get(one.id), one.id).fetchedBytes();
          long twice = fetched - one.drawn.sizeBytes();
          long most = CHUNK * (one.drawn.cuts() + one.takenOver());
          return check(
              0 <= twice && twice <= most,
              "received twice: expected at most %d, found %d".formatted(most, twice));
        });
  }

  @Test
  void nothingIsServedTwiceOnOneConnection_whereRangesAreHonoured() {
    assertEach(
        one -> {
          boolean isByTheBook = one.drawn.habit() == ServerHabit.RANGES;
          if (!one.drawn.keepsWhatIsHere()
              || !isByTheBook
              || one.drawn.isEverReset()
              || one.hadOthers()) {
            return "";
          }
          List<ByteRange> served =
              one.bodies().map(Played::served).flatMap(Optional::stream).toList();
          long sent = served.stream().mapToLong(ByteRange::lengthBytes).sum();
          long apart = ByteRanges.of(served).sizeBytes();
          return check(sent == apart, "served twice: " + (sent - apart));
        });
  }

  @Test
  void requestedRangesLieApartOrWithinOneAnother_whereNothingBreaks() {
    assertEach(
        one -> one.drawn.faults().isEmpty() && one.drawn.keepsWhatIsHere() ? one.crossing() : "");
  }

  @Test
  void severalConnectionsWereUsedAndTailsTakenOver() {
    assertThat(played.stream().filter(Played::hadOthers)).hasSizeGreaterThan(played.size() / 20);
    assertThat(played.stream().filter(one -> one.takenOver() > 0)).isNotEmpty();
  }

  @Test
  void noConnectionStaysOpen() {
    await("connections closed")
        .atMost(Flow.LIMIT)
        .until(() -> played.stream().allMatch(one -> one.origin.openConnections() == 0));
  }

  private int note(Ledger ledger, Map<String, TransferEvent> ends) {
    ends.forEach(
        (id, end) ->
            ledger.transfer(end.transferId()).ifPresent(record -> records.put(id, record)));
    return records.size();
  }

  private static String check(boolean holds, String found) {
    return holds ? "" : found;
  }

  /** Fails with every case for which a check returns what it found. */
  private void assertEach(Function<Played, String> check) {
    String wrong =
        played.stream()
            .map(one -> one.story(check.apply(one), flow.failures(one.id)))
            .collect(Collectors.joining());
    assertThat(wrong).as("seed %d of %d cases", SEED, played.size()).isEmpty();
  }

  /** A case with its server and what came of it. */
  private static final class Played {
    private final String id;
    private final GeneratedCase drawn;
    private final ScriptedOrigin origin;
    private @Nullable TransferEvent end;

    private Played(String id, GeneratedCase drawn, ScriptedOrigin origin) {
      this.id = id;
      this.drawn = drawn;
      this.origin = origin;
    }

    private String path() {
      return "/" + id;
    }

    private Entry entry() {
      Entry entry = Entry.of(id, origin.uri(path()));
      URI first = drawn.mirror() == GeneratedCase.Mirror.DEAD ? DEAD : origin.uri("/missing-" + id);
      if (drawn.mirror() != GeneratedCase.Mirror.NONE) {
        entry.keys().remove("url");
        entry = entry.with("urls", "['" + first + "', '" + origin.uri(path()) + "']");
      }
      if (drawn.connections() > 0) {
        entry = entry.with("connections", Integer.toString(drawn.connections()));
      }
      return drawn.digest() ? entry.withDigestOf(drawn.content()) : entry;
    }

    /** Returns the requests that were answered with bytes of the file. */
    private Stream<SeenRequest> bodies() {
      return origin.requests(path()).stream()
          .filter(request -> request.status() == 200 || request.status() == 206);
    }

    private static ByteRange asked(SeenRequest request) {
      return request.range().orElse(new ByteRange(0, Long.MAX_VALUE));
    }

    /** Returns what was handed to the socket. */
    private static Optional<ByteRange> served(SeenRequest request) {
      long start = request.status() == 206 ? asked(request).start() : 0;
      long end = start + request.bodyBytesSent();
      return start == end ? Optional.empty() : Optional.of(new ByteRange(start, end));
    }

    /** Says whether a request was made while another one was being served. */
    private boolean hadOthers() {
      return end != null && end.connections() > 1;
    }

    /** Counts the requests for a tail that another one had been asked for. */
    private long takenOver() {
      List<SeenRequest> bodies = bodies().toList();
      return bodies.stream()
          .filter(
              later ->
                  bodies.stream()
                      .anyMatch(
                          earlier ->
                              earlier != later
                                  && asked(earlier).start() < asked(later).start()
                                  && asked(later).start() < asked(earlier).end()))
          .count();
    }

    /** Returns the first two requests whose ranges cross; none when each lies in or beside. */
    private String crossing() {
      List<ByteRange> ranges = bodies().map(Played::asked).toList();
      for (ByteRange one : ranges) {
        for (ByteRange other : ranges) {
          boolean crosses =
              one.start() < other.start() && other.start() < one.end() && one.end() < other.end();
          if (crosses) {
            return one + " crosses " + other;
          }
        }
      }
      return "";
    }

    private String story(String found, List<String> failures) {
      if (found.isEmpty()) {
        return "";
      }
      String requests =
          origin.requests().stream().map(r -> "    " + r).collect(Collectors.joining("\n"));
      return "%n  -Dproperty.case='%s'%n    %s; failures %s%n%s"
          .formatted(drawn, found, failures, requests);
    }
  }
}
