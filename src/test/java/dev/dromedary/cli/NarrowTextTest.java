package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.TransferStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tables and {@code status} show fits the terminal, and what matters is not what goes. */
class NarrowTextTest {

  private static final String SOURCE = "genomes/homo-sapiens/release-112/primary-assembly.fa.gz";

  private static final String BUSY =
      "https://files.example.org/pub/genomes/primary-assembly.fa.gz: the server answered 503";

  @Test
  void wideTerminalShowsEverything() {
    assertThat(transfers(200))
        .element(1)
        .asString()
        .contains("01m8289qfybenarr6c", SOURCE, "running", "40%", "412.0 MiB/1.00 GiB")
        .endsWith("38.0 MiB/s  1m17s  4     2");
  }

  @Test
  void eightyColumnsShowSourceStateShareBytesRateAndTimeLeft() {
    List<String> rows = transfers(79);
    assertThat(rows.get(0)).startsWith("SOURCE").contains("STATE", "DONE", "BYTES", "RATE", "ETA");
    assertThat(rows.get(1))
        .startsWith("genomes/")
        .contains("running", "40%", "412.0 MiB/1.00 GiB", "38.0 MiB/s", "1m17s");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 39})
  void narrowestShowsWhichAndHowMuch(int width) {
    assertThat(transfers(width).get(0).replaceAll(" +", " ")).startsWith("SOURCE DONE");
    assertThat(transfers(width).get(1)).startsWith("genom").contains("40%");
  }

  @Test
  void lastColumnGetsWhatIsLeft_andIsWholeWhereThereIsNoTerminal() {
    TextTable table = new TextTable(Glyphs.ASCII, "SOURCE", "STATE", "WHEN", "WHY");
    table.add(
        "nightly-dump", "failed", "2026-11-22T18:00:00Z", "E4404 there is nothing. ".repeat(4));
    table.add("quiet", "landed", null, "");

    assertThat(table.lines(70, List.of("WHEN")))
        .containsExactly(
            "SOURCE        STATE   WHEN                  WHY",
            "nightly-dump  failed  2026-11-22T18:00:00Z  E4404 there is nothing. E~",
            "quiet         landed  -");
    assertThat(table.lines(40, List.of("WHEN")).get(1))
        .isEqualTo("nightly-dump  failed  E4404 there is no~");
    assertThat(table.lines(Terminal.NONE, List.of("WHEN"))).isEqualTo(table.lines());
    assertThat(table.lines().get(1)).contains("Z  E4404 there is nothing. E4404");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "76|E4403 http://files.example.org/pub/images/disk.img: the server answered 403",
        "60|E4403 http://files.e~mages/disk.img: the server answered 403",
        "40|E4403 http~.img: the server answered 403",
        "32|E4403 ~: the server answered 403",
        "24|E4403 ~: the server ans~",
        "1|~",
      })
  void reasonOutlivesItsUrl_whereThereIsLittleRoom(int width, String expected) {
    String reason = "E4403 http://files.example.org/pub/images/disk.img: the server answered 403";

    assertThat(TerminalText.sentence(reason, width, Glyphs.ASCII)).isEqualTo(expected);
  }

  @Test
  void sixtyColumnsKeepTheReasonOfWhatWaits() {
    TransferStatus busy = waiting("retrying", "2026-11-22T18:05:00Z", "E2503", BUSY);
    Instant now = Instant.parse("2026-11-22T18:00:00Z");

    assertThat(new WaitingTransfers(List.of(busy), 1).lines(terminal(60), now).get(1))
        .contains("in 5m00s", "E2503 ~: the server a");
  }

  @Test
  void waitingAreToldWithWhenAndWhy_theRestIsCounted() {
    List<TransferStatus> some =
        Stream.concat(
                Stream.of(waiting("retrying", "2026-11-22T18:05:00Z", "E2503")),
                Stream.generate(() -> waiting("queued", null, null)).limit(20))
            .toList();
    Instant now = Instant.parse("2026-11-22T18:00:00Z");

    List<String> rows = new WaitingTransfers(some, 345).lines(Terminal.NONE, now);

    assertThat(rows).hasSize(1 + WaitingTransfers.SHOWN + 1);
    assertThat(rows.get(1))
        .matches("genomes/.*  retrying  40%   3    in 5m00s  E2503 503 Service Unavailable");
    assertThat(rows.get(2)).matches("genomes/.*  queued    40%   3    in turn   -");
    assertThat(rows).last().isEqualTo("and 335 more that wait");
    assertThat(new WaitingTransfers(some, 345).lines(terminal(40), now).get(1))
        .hasSizeLessThanOrEqualTo(40)
        .contains("in 5m00s", "E2503");
    assertThat(new WaitingTransfers(List.of(), 0).lines(Terminal.NONE, now)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 40, 60, 79, 100, 131, 200})
  void noRowIsWiderThanTheTerminal(int width) {
    assertThat(transfers(width))
        .allSatisfy(row -> assertThat(TerminalText.width(row)).isLessThanOrEqualTo(width));
    assertThat(ServiceText.folded("limits     " + "so many a host, ".repeat(12), width))
        .allSatisfy(row -> assertThat(TerminalText.width(row)).isLessThanOrEqualTo(width));
  }

  @Test
  void factIsFoldedAtItsBlanks_besideWhatItIsAbout() {
    assertThat(ServiceText.folded("limits     one two three four five six", 26))
        .containsExactly("limits     one two three", "           four five six");
    assertThat(ServiceText.folded("limits     one", 26)).containsExactly("limits     one");
    assertThat(ServiceText.folded("work       /srv/a/long/path/of/work", 26))
        .containsExactly("work       /srv/a/long/pat", "           h/of/work");
  }

  @ParameterizedTest
  @CsvSource({
    "retrying, E1011, 2026-11-22T18:00:30Z, 'E1011, again at 2026-11-22T18:00:30Z', in 30s",
    "retrying, E1011, 2026-11-22T18:00:00Z, 'E1011, again at 2026-11-22T18:00:00Z', now",
    "retrying, E1011, 2026-11-22T17:59:59Z, 'E1011, in turn',                       in turn",
    "queued,   ,      ,                     in turn,                                in turn"
  })
  void whatWaitsTellsItsTime_orThatItComesInTurn(
      String state,
      @Nullable String code,
      @Nullable String next,
      String inTransfers,
      String inStatus) {
    TransferStatus waits = waiting(state, next, code, null);
    Instant now = Instant.parse("2026-11-22T18:00:00Z");

    assertThat(ServiceText.transfers(List.of(waits), Terminal.NONE, now).get(1))
        .endsWith("  " + inTransfers);
    assertThat(new WaitingTransfers(List.of(waits), 1).lines(Terminal.NONE, now).get(1))
        .contains("  " + inStatus);
  }

  @Test
  void rowsBelowTheTerminalAreCounted() {
    assertThat(new StatusRows(List.of("a", "b", "c", "d"), List.of()).fitting(3))
        .containsExactly("a", "b", "and 2 more rows");
    assertThat(new StatusRows(List.of("a", "b", "c"), List.of()).fitting(3))
        .containsExactly("a", "b", "c");
  }

  @Test
  void lowTerminalShowsBothFactsAndTransfers() {
    List<String> facts = List.of("a", "b", "c", "d", "e", "f");
    StatusRows rows = new StatusRows(facts, List.of("SOURCE", "one", "two"));
    assertThat(rows.fitting(10))
        .containsExactly("a", "b", "c", "d", "e", "f", "", "SOURCE", "one", "two");
    assertThat(rows.fitting(7))
        .containsExactly("a", "b", "c", "and 3 more rows", "SOURCE", "one", "two");
    assertThat(rows.fitting(4))
        .containsExactly("a", "and 5 more rows", "SOURCE", "and 2 more rows");
    assertThat(rows.fitting(1)).containsExactly("a");
  }

  private static Terminal terminal(int width) {
    return new Terminal(true, Glyphs.ASCII, () -> new TerminalSize(width, 24));
  }

  private static List<String> transfers(int width) {
    TransferStatus running =
        new TransferStatus(
            "01m8289qfybenarr6c",
            SOURCE,
            SOURCE,
            "running",
            412L << 20,
            1L << 30,
            40,
            412L << 20,
            0,
            38L << 20,
            35L << 20,
            77L,
            4,
            2,
            "2026-11-22T18:00:00Z",
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of());
    return ServiceText.transfers(List.of(running), terminal(width), Instant.EPOCH);
  }

  private static TransferStatus waiting(
      String state, @Nullable String next, @Nullable String code) {
    return waiting(state, next, code, code == null ? null : "503 Service Unavailable");
  }

  private static TransferStatus waiting(
      String state, @Nullable String next, @Nullable String code, @Nullable String reason) {
    return new TransferStatus(
        "01m8289qfybenarr6c",
        SOURCE,
        SOURCE,
        state,
        412L << 20,
        1L << 30,
        40,
        0,
        0,
        0,
        0,
        null,
        0,
        3,
        null,
        null,
        null,
        code,
        reason,
        next,
        List.of(),
        List.of());
  }
}
