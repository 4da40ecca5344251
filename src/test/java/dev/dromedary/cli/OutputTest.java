package dev.dromedary.cli;

import static dev.dromedary.cli.CliFixture.NOW;
import static dev.dromedary.cli.CliFixture.awaiting;
import static dev.dromedary.cli.CliFixture.ended;
import static dev.dromedary.cli.CliFixture.running;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.app.PollSummary;
import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutputTest {

  private static final TransferEvent LANDED = ended("good", TransferState.LANDED, null);
  private static final TransferEvent FAILED =
      ended("bad\u001b[31m\n", TransferState.FAILED, FailureCode.NOT_FOUND);

  private static final StartOver START_OVER =
      new StartOver(NOW, "t", "swap", "swap.bin", "the source changed", 3L << 20);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void jsonLinesParse_oneObjectALine_withEveryField() throws IOException {
    JsonLines json = new JsonLines(stream, Clock.fixed(NOW, ZoneOffset.UTC));
    json.onEvent(LANDED);
    json.onEvent(FAILED);
    json.summary(new PollSummary(3, List.of(LANDED, FAILED)), false);
    json.summary(new PollSummary(3, List.of(LANDED, FAILED)), true);

    List<JsonNode> lines = new ArrayList<>();
    for (String line : text().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }

    assertThat(lines).hasSize(3);
    List<String> names = new ArrayList<>();
    lines.get(0).fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .containsExactly(
            "event",
            "at",
            "transfer",
            "source",
            "target",
            "state",
            "totalBytes",
            "receivedBytes",
            "networkBytes",
            "seconds",
            "attempts",
            "connections",
            "code",
            "reason",
            "nextAttemptAt",
            "verifiedBy",
            "landedFile");
    assertThat(lines.get(0).get("state").textValue()).isEqualTo("landed");
    assertThat(lines.get(0).get("seconds").doubleValue()).isEqualTo(1.5);
    assertThat(lines.get(0).get("code").isNull()).isTrue();
    assertThat(lines.get(1).get("source").textValue()).isEqualTo("bad\u001b[31m\n");
    assertThat(lines.get(1).get("code").textValue()).isEqualTo("E4404");
    assertThat(lines.get(2))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"event\":\"summary\",\"at\":\"2026-03-01T00:00:00.000Z\",\"due\":3,\"landed\":1,\"unchanged\":0,\"failed\":1,\"cancelled\":0,\"interrupted\":false}"));
  }

  @Test
  void startOverIsOneJsonLine_withItsReasonAndItsCost() throws IOException {
    new JsonLines(stream, Clock.fixed(NOW, ZoneOffset.UTC)).onStartOver(START_OVER);

    assertThat(new ObjectMapper().readTree(text()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"event\":\"startOver\",\"at\":\"2026-03-01T00:00:00.000Z\",\"transfer\":\"t\","
                        + "\"source\":\"swap\",\"target\":\"swap.bin\","
                        + "\"reason\":\"the source changed\",\"givenUpBytes\":3145728}"));
    assertThat(text()).hasLineCount(1);
  }

  @Test
  void startOverIsOnePlainLine_andNothingWhereQuiet() {
    ProgressBoard board = new ProgressBoard(Clock.fixed(NOW, ZoneOffset.UTC));
    try (QuietDisplay quiet = new QuietDisplay(stream)) {
      quiet.onStartOver(START_OVER);
      assertThat(text()).isEmpty();
    }
    try (PlainDisplay plain =
        new PlainDisplay(stream, board, Clock.fixed(NOW, ZoneOffset.UTC), Words::outcome)) {
      plain.onStartOver(START_OVER);
    }

    assertThat(text()).isEqualTo("swap: starts over, the source changed; 3.00 MiB given up\n");
  }

  @Test
  void lineOfAFailedAttemptTellsWhenTheNextComes() {
    TransferEvent event = ended("busy", TransferState.RETRYING, FailureCode.SERVICE_UNAVAILABLE);
    assertThat(Words.outcome(event))
        .isEqualTo(
            "retrying, again in 10m00s  E2503 the server answered 503 Service Unavailable"
                + " (nothing to do: it is tried again)");
  }

  @ParameterizedTest
  @CsvSource({"-5000, now", "0, now", "49, now", "50, in 0.1s", "700, in 0.7s", "1990, in 2.0s"})
  void lineOfAFailedAttemptTellsAShortWaitToo(int millis, String when) {
    TransferEvent busy = ended("busy", TransferState.RETRYING, FailureCode.SERVICE_UNAVAILABLE);
    assertThat(Words.outcome(CliFixture.again(busy, NOW.plusMillis(millis))))
        .startsWith("retrying, again " + when + "  E2503");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION_LOST", "SHORT_BODY", "STALLED", "DISK_FULL"})
  void noResumeIsPromised_whereNothingTellsTheVersion(FailureCode code) {
    TransferEvent failed = ended("x", TransferState.RETRYING, code);
    assertThat(Words.outcome(failed)).contains("it resumes where it stopped)");
    assertThat(Words.outcome(CliFixture.unresumed(failed, 1)))
        .contains("it starts over; to resume it takes a digest (get: --digest)")
        .doesNotContain("it resumes");
    assertThat(Words.outcome(CliFixture.unresumed(failed, 0))).contains("it is tried again)");
  }

  @Test
  void noTryIsPromised_whereItIsGivenUp() {
    TransferEvent failed = ended("x", TransferState.FAILED, FailureCode.DISK_FULL);
    assertThat(Words.outcome(CliFixture.unresumed(failed, 0)))
        .endsWith("(make room; then try again)");
  }

  @Test
  void lineOfATransferThatIsSetDownTellsWhatIsKept() {
    assertThat(Words.outcome(ended("stopped", TransferState.QUEUED, null)))
        .isEqualTo("set down, 3.00 MiB kept");
  }

  @Test
  void lineOfATransferThatResumesTellsFromWhere_alsoAboveTheBars() {
    TransferEvent resumes = ended("big.iso", TransferState.RUNNING, null, 0);
    assertThat(Words.outcome(resumes)).isEqualTo("running, resumes with 3.00 MiB of 3.00 MiB here");
    assertThat(resumes.isResume()).isTrue();
    assertThat(ended("big.iso", TransferState.RUNNING, null, 1).isResume()).isFalse();

    PrintStream before = System.err;
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Terminal terminal = new Terminal(true, Glyphs.ASCII, () -> TerminalSize.DEFAULT);
    try (BarDisplay bars =
        BarDisplay.open(stream, terminal, new ProgressBoard(clock), clock, Words::inBrief)) {
      bars.onEvent(resumes);
      bars.onEvent(ended("other.iso", TransferState.RUNNING, null, 1));
    } finally {
      System.setErr(before);
    }
    assertThat(text())
        .contains("big.iso: running, resumes with 3.00 MiB of 3.00 MiB here")
        .doesNotContain("other.iso");
  }

  @Test
  void lineOfACancelledTransferTellsWhy() {
    TransferEvent event =
        new TransferEvent(
            NOW,
            "transfer",
            "source",
            "target",
            TransferState.CANCELLED,
            OptionalLong.empty(),
            0,
            false,
            0,
            Duration.ZERO,
            1,
            0,
            null,
            "the source left the list",
            null,
            null,
            null);
    assertThat(Words.outcome(event)).isEqualTo("cancelled  the source left the list");
  }

  @Test
  void theTableTellsOutcomeAndReason_harmlessly() {
    List<String> rows = ResultTable.rows(List.of(LANDED, FAILED), Terminal.NONE);

    assertThat(rows.get(0))
        .containsSubsequence(
            "SOURCE", "OUTCOME", "BYTES", "SECONDS", "RATE", "ATTEMPTS", "VERIFIED BY");
    assertThat(rows.get(1)).matches("good +landed +3\\.00 MiB +1\\.5 +2\\.00 MiB/s +2 +sha-256");
    assertThat(rows.get(2)).startsWith("bad\\x1b[31m\\x0a  failed");
    assertThat(rows.get(3))
        .isEqualTo("    E4404 there is nothing at this URL (check the URL of the source)");
  }

  @Test
  void bytesSecondsAndRateAddUp_whereOnlyTheRestWasFetched() {
    TransferEvent resumed = ended("rest", TransferState.LANDED, null, 1536L << 10);
    assertThat(Words.outcome(resumed))
        .startsWith("landed  3.00 MiB, resumed, 1.50 MiB fetched in 1.5s, 1.00 MiB/s");
    TransferEvent again = ended("again", TransferState.LANDED, null, 6L << 20);
    assertThat(Words.outcome(again))
        .startsWith("landed  3.00 MiB, 6.00 MiB fetched in 1.5s, 4.00 MiB/s");

    List<String> rows = ResultTable.rows(List.of(LANDED, resumed), Terminal.NONE);
    assertThat(rows.get(0)).containsSubsequence("BYTES", "FETCHED", "SECONDS", "RATE");
    assertThat(rows.get(1)).matches("good +landed +3\\.00 MiB +3\\.00 MiB +1\\.5 +2\\.00 MiB/s.*");
    assertThat(rows.get(2)).matches("rest +landed +3\\.00 MiB +1\\.50 MiB +1\\.5 +1\\.00 MiB/s.*");
    assertThat(ResultTable.rows(List.of(LANDED), Terminal.NONE).get(0)).doesNotContain("FETCHED");
  }

  @Test
  void tableTellsWhatIsHereOfAFailureForWhichNothingWasFetched() {
    TransferEvent undelivered =
        CliFixture.ended("again.bin", TransferState.FAILED, FailureCode.DELIVERY_FAILED, 0);
    TransferEvent unchanged = CliFixture.ended("same.bin", TransferState.UNCHANGED, null, 0);

    List<String> rows = ResultTable.rows(List.of(undelivered, unchanged), Terminal.NONE);

    assertThat(rows.get(1)).matches("again.bin +failed +3\\.00 MiB +0 B +1\\.5 .*");
    assertThat(rows.get(3)).matches("same.bin +unchanged +- +- +1\\.5 .*");
  }

  @Test
  void theTableIsAsWideAsTheTerminal_andReasonsAreWhole() {
    Terminal narrow = new Terminal(true, Glyphs.ASCII, () -> new TerminalSize(80, 24));
    TransferEvent failed =
        ended("n".repeat(200), TransferState.FAILED, FailureCode.HTML_UNEXPECTED);

    List<String> rows = ResultTable.rows(List.of(LANDED, failed), narrow);

    assertThat(rows).allMatch(row -> row.length() <= 80);
    assertThat(rows.subList(3, rows.size()))
        .hasSizeGreaterThan(1)
        .allMatch(row -> row.startsWith("    "));
    assertThat(
            rows.subList(3, rows.size()).stream()
                .map(String::strip)
                .collect(Collectors.joining(" ")))
        .isEqualTo(Words.failure(failed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80|SOURCE OUTCOME BYTES SECONDS RATE ATTEMPTS VERIFIED BY",
        "70|SOURCE OUTCOME BYTES SECONDS RATE VERIFIED BY",
        "50|SOURCE OUTCOME BYTES SECONDS",
        "40|SOURCE OUTCOME BYTES",
        "30|SOURCE OUTCOME",
      })
  void aNarrowTerminalCostsColumns(int width, String headings) {
    Terminal narrow = new Terminal(true, Glyphs.ASCII, () -> new TerminalSize(width, 24));
    TransferEvent failed =
        ended("n".repeat(200), TransferState.FAILED, FailureCode.HTML_UNEXPECTED);

    List<String> rows = ResultTable.rows(List.of(LANDED, failed), narrow);

    assertThat(rows).allMatch(row -> row.length() <= width);
    assertThat(rows.get(0).replaceAll(" +", " ")).isEqualTo(headings);
  }

  @Test
  void aRemedyIsToldOnce_whereATableFollows() {
    assertThat(Words.inBrief(FAILED)).isEqualTo("failed  E4404 there is nothing at this URL");
    assertThat(Words.inBrief(LANDED)).isEqualTo(Words.outcome(LANDED));
    assertThat(Words.byCode(LANDED)).isEqualTo(Words.outcome(LANDED));
  }

  @Test
  void aDigestThatDoesNotAgreeIsToldInFullAtTheEndOnly() {
    TransferEvent again = ended("x", TransferState.RETRYING, FailureCode.DIGEST_MISMATCH);
    assertThat(Words.outcome(again))
        .isEqualTo("retrying, again in 10m00s  E4504 the digest is not the expected one");
  }

  @Test
  void aFailureHasOneWording_whileItRunsAndInTheTable() {
    TransferEvent failed =
        new TransferEvent(
            NOW,
            "transfer",
            "gone.iso",
            "gone.iso",
            TransferState.FAILED,
            OptionalLong.empty(),
            0,
            false,
            0,
            Duration.ZERO,
            1,
            1,
            FailureCode.NOT_FOUND,
            "http://127.0.0.1/gone.iso: the server answered 404 Not Found",
            null,
            null,
            null);
    String why = "E4404 http://127.0.0.1/gone.iso: the server answered 404 Not Found";

    assertThat(Words.inBrief(failed)).isEqualTo("failed  " + why);
    assertThat(Words.byCode(failed))
        .as("where the table is the next line")
        .isEqualTo("failed  E4404 " + FailureCode.NOT_FOUND.meaning());
    assertThat(ResultTable.rows(List.of(failed), Terminal.NONE))
        .last()
        .isEqualTo("    " + why + " (" + FailureCode.NOT_FOUND.remedyWhenGivenUp() + ")");
  }

  @Test
  void whatIsWaitedForSaysHowOftenAndHowNotTo_untilItIsGivenUp() {
    TransferEvent waits = ended("x", TransferState.RETRYING, FailureCode.DIGEST_MISSING);
    TransferEvent gone = ended("x", TransferState.FAILED, FailureCode.DIGEST_MISSING);
    String check = "(check digestFrom of the source (get: --digest-from); what arrived is kept";

    assertThat(Words.outcome(waits))
        .endsWith(
            check
                + "; its publisher may be late: it is asked for again up to retry.tries times (get,"
                + " once: --tries; 1 hardly waits))");
    assertThat(Words.outcome(gone)).endsWith(check + ")");
    assertThat(Words.outcome(ended("x", TransferState.FAILED, FailureCode.STALLED)))
        .endsWith(
            "(check the server or raise http.stall-timeout (get, once: --stall-timeout); it resumes"
                + " where it stopped)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONNECTION_LOST|What arrived of the failed is kept; run it again to go on.",
        "PERMISSION_DENIED|What arrived of the failed is kept; run it again to go on.",
        "NOT_FOUND|What arrived before a server refused the rest is kept; once its reason is"
            + " mended, run it again to go on.",
        "DIGEST_MISMATCH|",
        "HTML_UNEXPECTED|",
        "TOO_LARGE|",
      })
  void anotherRunIsAdvised_whereItHelps(FailureCode code, @Nullable String advice) {
    assertThat(KeptNote.lines(List.of(LANDED, ended("x", TransferState.FAILED, code))))
        .isEqualTo(advice == null ? List.of() : List.of(advice));
    assertThat(KeptNote.lines(List.of(LANDED))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION_LOST", "NOT_FOUND"})
  void anotherRunIsNotSaidToGoOn_whereNothingTellsTheVersion(FailureCode code) {
    TransferEvent failed = ended("x", TransferState.FAILED, code);
    assertThat(KeptNote.lines(List.of(CliFixture.unresumed(failed, 1))))
        .containsExactly(
            "The server gives neither ETag nor Last-Modified, so what arrived cannot be resumed;"
                + " with a digest (get: --digest) it can.");
    assertThat(KeptNote.lines(List.of(CliFixture.unresumed(failed, 0)))).isEmpty();
  }

  @Test
  void aLongTableShowsOnlyFailuresAndACount() {
    List<TransferEvent> many =
        Stream.concat(IntStream.range(0, ResultTable.ROWS).mapToObj(i -> LANDED), Stream.of(FAILED))
            .toList();

    assertThat(ResultTable.rows(many, Terminal.NONE))
        .hasSize(4)
        .last()
        .isEqualTo("and 100 more, landed or unchanged");
    assertThat(ResultTable.rows(Collections.nCopies(101, LANDED), Terminal.NONE)).isEmpty();
  }

  @Test
  void thePollIsGood_onlyWhenEveryDueSourceEndedWell() {
    TransferEvent unchanged = ended("same", TransferState.UNCHANGED, null);
    assertThat(ExitStatus.of(new PollSummary(2, List.of(LANDED, unchanged)))).isZero();
    assertThat(ExitStatus.of(new PollSummary(0, List.of()))).isZero();
    assertThat(ExitStatus.of(new PollSummary(2, List.of(LANDED, FAILED)))).isEqualTo(1);
    assertThat(ExitStatus.of(new PollSummary(2, List.of(LANDED)))).isEqualTo(1);
    assertThat(
            ExitStatus.of(new PollSummary(1, List.of(ended("x", TransferState.CANCELLED, null)))))
        .isEqualTo(1);
  }

  @Test
  void quietSaysOnlyFailures() {
    QuietDisplay quiet = new QuietDisplay(stream);
    quiet.onEvent(LANDED);
    quiet.onEvent(FAILED);

    assertThat(text())
        .isEqualTo(
            "dromedary: E4404 bad\\x1b[31m\\x0a: there is nothing at this URL"
                + " (check the URL of the source)\n");
  }

  @Test
  void quietSaysOnceWhatThisMachineLacks() {
    QuietDisplay quiet = new QuietDisplay(stream);
    quiet.onEvent(ended("busy", TransferState.RETRYING, FailureCode.SERVICE_UNAVAILABLE));
    quiet.onEvent(ended("big", TransferState.RETRYING, FailureCode.DISK_FULL));
    quiet.onEvent(ended("big", TransferState.RETRYING, FailureCode.DISK_FULL));

    assertThat(text()).hasLineCount(1).startsWith("dromedary: waits: E5001 big: ");
  }

  @Test
  void quietTellsInTheEndWhyWhatHasNotEndedWasTriedAgain() {
    QuietDisplay quiet = new QuietDisplay(stream);
    for (int i = 0; i < 12; i++) {
      quiet.onEvent(ended("s" + i, TransferState.RETRYING, FailureCode.SERVICE_UNAVAILABLE));
    }
    quiet.onEvent(ended("s0", TransferState.LANDED, null));
    assertThat(text()).isEmpty();
    quiet.close();

    assertThat(text().lines())
        .hasSize(11)
        .startsWith(
            "dromedary: unfinished: E2503 s1: the server answered 503 Service Unavailable"
                + " (nothing to do: it is tried again)")
        .endsWith("dromedary: unfinished: 1 more");
  }

  @Test
  void plainLinesComeAtMostEveryTenSecondsForEachTransfer() {
    PlainProgress plain = new PlainProgress();
    List<ProgressSnapshot> running = List.of(running("a", OptionalLong.of(100), 50));

    assertThat(plain.lines(running, NOW)).isEmpty();
    assertThat(plain.lines(running, NOW.plusSeconds(9))).isEmpty();
    assertThat(plain.lines(running, NOW.plusSeconds(10)))
        .containsExactly("a: 50%, 50 B of 100 B, 10.0 MiB/s, ETA 1m05s, 4 connections");
    assertThat(Words.many(1, "connection")).isEqualTo("1 connection");
    assertThat(plain.lines(running, NOW.plusSeconds(19))).isEmpty();
    assertThat(plain.lines(running, NOW.plusSeconds(20))).hasSize(1);
  }

  @Test
  void plainProgressTellsWhatIsWaitedFor() {
    PlainProgress plain = new PlainProgress();
    List<ProgressSnapshot> running = List.of(awaiting("a", "example.org:443"));

    plain.lines(running, NOW);
    assertThat(plain.lines(running, NOW.plusSeconds(10)))
        .containsExactly("a: 0 B, waits for a connection to example.org:443");
  }

  @Test
  void barsAreDrawnAndTakenAway_andWhatOthersSayStaysAbove() {
    PrintStream before = System.err;
    ProgressBoard board = new ProgressBoard(Clock.fixed(NOW, ZoneOffset.UTC));
    Terminal terminal = new Terminal(true, Glyphs.ASCII, () -> TerminalSize.DEFAULT);
    board.open("t", "moving", "moving", NOW);
    try (BarDisplay bars =
        BarDisplay.open(
            stream, terminal, board, Clock.fixed(NOW, ZoneOffset.UTC), Words::outcome)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> text().contains("moving") && text().contains("total"));
      System.err.println("a warning\u001b[31m");
      bars.onStartOver(START_OVER);
      bars.onEvent(LANDED);
    } finally {
      System.setErr(before);
    }

    assertThat(text())
        .containsSubsequence(
            "\u001b[2A\r",
            "a warning\\x1b[31m",
            "swap: starts over, the source changed; 3.00 MiB given up",
            "good: landed  3.00 MiB in 1.5s",
            "\u001b[J");
    assertThat(text()).endsWith("\u001b[J");
  }

  @Test
  void theDemoNamesEverySurprise() {
    assertThat(
            DemoCommand.surprises(
                Map.of(
                    "good", TransferState.LANDED,
                    "bad\u001b[31m\n", TransferState.LANDED,
                    "lost", TransferState.FAILED),
                List.of(LANDED, FAILED)))
        .containsExactly(
            "bad\\x1b[31m\\x0a ended as failed, expected landed",
            "lost did not end, expected failed");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
