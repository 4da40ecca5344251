package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.EndlessErrorBody;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.demo.WireFault;
import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried again, when, how often, and what is not. */
class RetryTest extends RunningFlow {

  private static final int SIZE = 300_000;

  @Override
  Map<String, String> settings() {
    return Map.of("retry.max-retry-after", "2s");
  }

  @ParameterizedTest
  @CsvSource({
    "401, UNAUTHORIZED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "410, GONE",
    "400, CLIENT_ERROR"
  })
  void isGivenUpAtOnce_whenOnlyTheSourcesOwnerCanHelp(int status, FailureCode code) {
    String id = "status-" + status;
    Entry entry = serve(id, content(10));
    origin.forever("/" + id, new Status(status));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, code);
    assertThat(end.attempts()).isEqualTo(1);
    assertThat(requests(id)).hasSizeLessThanOrEqualTo(status == 403 ? 2 : 1);
    assertThat(flow.<List<String>>ledger(ledger -> dead(ledger.failures()))).contains(id);
  }

  @Test
  void attemptTellsTheStatusItHad_alsoWhereTheStatusIsNotWhatFailed() {
    Content content = content(SIZE);
    Entry entry = serve("had.bin", content);
    origin.script(
        "/had.bin",
        new CutAfter(100_000, false),
        new Status(500),
        new Status(200, Map.of("Content-Type", "text/html"), "<html>Sign in"));
    TransferEvent end = flow.fetch(entry);

    List<AttemptRecord> attempts = flow.ledger(ledger -> ledger.attempts(end.transferId()));
    assertThat(attempts)
        .extracting(attempt -> attempt.code() + " " + attempt.status().orElse(0))
        .contains("SHORT_BODY 206", "SERVER_ERROR 500", "ANOTHER_ANSWER 200");
    TransferEvent refused = flow.fetch(Entry.of("refused.bin", URI.create("http://127.0.0.1:1/a")));
    attempts = flow.ledger(ledger -> ledger.attempts(refused.transferId()));
    assertThat(attempts).isNotEmpty().allMatch(attempt -> attempt.status().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void asksOnAnotherConnection_whenItWasTurnedAway(int status) {
    String id = "turned-" + status;
    Content content = content(SIZE);
    Entry entry = serve(id, content);
    origin.script("/" + id, new Status(status));
    assertLanded(flow.fetch(entry), content);
    assertThat(requests(id)).extracting(SeenRequest::connection).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "408, REQUEST_TIMEOUT",
    "425, TOO_EARLY",
    "429, TOO_MANY_REQUESTS",
    "500, SERVER_ERROR",
    "502, SERVER_ERROR",
    "503, SERVICE_UNAVAILABLE"
  })
  void isTriedAgain_whenTheServerCannotForTheMoment(int status, FailureCode code) {
    String id = "again-" + status;
    Content content = content(SIZE);
    Entry entry = serve(id, content);
    origin.script("/" + id, new Status(status), new Status(status));
    TransferEvent end = flow.fetch(entry);
    assertLanded(end, content);
    assertThat(flow.failures(id)).containsExactly(code.name(), code.name());
    assertThat(end.attempts()).isEqualTo(3);
  }

  @Test
  void retryAfterIsHonoured() {
    Content content = content(SIZE);
    Entry entry = serve("later.bin", content);
    origin.script("/later.bin", Status.retryAfter(503, Duration.ofSeconds(1)));
    assertLanded(flow.fetch(entry), content);
    assertThat(pause("later.bin")).isBetween(Duration.ofMillis(990), Duration.ofSeconds(10));
  }

  @Test
  void absurdRetryAfterIsCapped() {
    Content content = content(SIZE);
    Entry entry = serve("much-later.bin", content);
    origin.script("/much-later.bin", Status.retryAfter(429, Duration.ofDays(300)));
    assertLanded(flow.fetch(entry), content);
    assertThat(pause("much-later.bin")).isBetween(Duration.ofMillis(1990), Duration.ofSeconds(12));
  }

  @Test
  void failsWithItsCodeAndItsPartFile_whenTheTriesAreUsedUp() {
    Content content = content(SIZE);
    Entry entry = serve("tries.bin", content);
    origin.script("/tries.bin", new CutAfter(100_000, false));
    origin.forever("/tries.bin", new Status(500));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.SERVER_ERROR);
    assertThat(requests("tries.bin")).as("an attempt that made progress does not count").hasSize(4);
    TransferRecord dead = flow.ledger(ledger -> ledger.transfer(end.transferId()).orElseThrow());
    assertThat(dead.attempts()).isEqualTo(4);
    assertThat(dead.code()).isEqualTo(FailureCode.SERVER_ERROR);
    assertThat(dead.receivedBytes()).isEqualTo(100_000);
    assertThat(flow.staged("tries.bin")).hasSize(2);
    assertThat(flow.<List<String>>ledger(ledger -> told(ledger.attempts(end.transferId()))))
        .containsExactly("SHORT_BODY 100000", "SERVER_ERROR 0", "SERVER_ERROR 0", "SERVER_ERROR 0");
    assertThat(flow.staging().resolve("..").resolve(String.valueOf(dead.partFile()))).exists();
  }

  @Test
  void replayedDeadLetterResumesWithTheNextPoll() {
    Content content = content(SIZE);
    Entry entry = serve("replay.bin", content);
    origin.script("/replay.bin", new CutAfter(100_000, false));
    origin.forever("/replay.bin", new Status(404));
    TransferEvent dead = flow.fetch(entry);
    assertFailed(dead, FailureCode.NOT_FOUND);
    origin.clearScript("/replay.bin");
    TransferRecord replayed = flow.ledger(ledger -> ledger.replay(dead.transferId()));
    assertThat(replayed.state()).isEqualTo(TransferState.QUEUED);

    TransferEvent end = flow.awaitEnd("replay.bin", 2);
    assertLanded(end, content);
    assertThat(end.transferId()).isEqualTo(dead.transferId());
    SeenRequest last = requests("replay.bin").get(requests("replay.bin").size() - 1);
    assertThat(last.range().orElseThrow().start()).isEqualTo(100_000);
  }

  @Test
  void closeInsteadOfAnAnswerIsTriedAgain() {
    Content content = content(SIZE);
    Entry entry = serve("mute.bin", content);
    WireFault mute = new WireFault.CloseWithoutAnswer();
    origin.script("/mute.bin", mute, mute, mute);
    assertLanded(flow.fetch(entry), content);
    assertThat(flow.failures("mute.bin")).containsExactly("CONNECTION_LOST");
  }

  @Test
  void garbageInsteadOfAnAnswerIsTriedAgainAndThenGivenUp() {
    Entry entry = serve("garbage.bin", content(10));
    origin.forever(
        "/garbage.bin",
        WireFault.RawResponse.of("HTTP/1.1 200 OK\r\nno colon in this line\r\n\r\n"));
    assertFailed(flow.fetch(entry), FailureCode.MALFORMED_RESPONSE);
  }

  @Test
  void statusIsTold_whenItsBodyIsCut() {
    Entry entry = serve("cut-404.bin", content(10));
    origin.forever("/cut-404.bin", new Status(404).and(new CutAfter(3, false)));
    assertFailed(flow.fetch(entry), FailureCode.NOT_FOUND);
  }

  @Test
  void endlessErrorBodyIsNotReadToItsEnd() {
    Entry entry = serve("endless-404.bin", content(10));
    origin.forever("/endless-404.bin", new EndlessErrorBody(404));
    TransferEvent end = flow.fetch(entry);
    assertFailed(end, FailureCode.NOT_FOUND);
    assertThat(end.took()).isLessThan(Duration.ofSeconds(5));
    assertThat(sent("endless-404.bin")).isLessThan(16 << 20);
  }

  @Test
  void nothingListens_isTriedAgainAndThenGivenUp() {
    TransferEvent end = flow.fetch(Entry.of("nobody", URI.create("http://127.0.0.1:1/nobody")));
    assertFailed(end, FailureCode.CONNECT_FAILED);
    assertThat(end.attempts()).isEqualTo(3);
  }

  private Duration pause(String id) {
    List<SeenRequest> seen = requests(id);
    Instant first = seen.get(0).startedAt();
    return Duration.between(first, seen.get(1).startedAt());
  }

  private static List<String> told(List<AttemptRecord> attempts) {
    return attempts.stream().map(a -> a.code() + " " + a.receivedBytes()).toList();
  }

  private static List<String> dead(List<TransferRecord> letters) {
    return letters.stream().map(TransferRecord::sourceId).toList();
  }
}
