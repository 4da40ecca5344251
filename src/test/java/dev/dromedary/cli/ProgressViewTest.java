package dev.dromedary.cli;

import static dev.dromedary.cli.CliFixture.NOW;
import static dev.dromedary.cli.CliFixture.awaiting;
import static dev.dromedary.cli.CliFixture.running;
import static dev.dromedary.cli.CliFixture.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProgressViewTest {

  private static final ProgressSnapshot HALF =
      running("data.bin", OptionalLong.of(2L << 30), 1L << 30);

  @Test
  void showsNameBarPercentRateEtaBytesAndConnections_whereThereIsRoom() {
    assertThat(row(120, HALF))
        .startsWith("data.bin ")
        .contains(
            "  #########----------   50%    10.0 MiB/s   ETA 1m05s    1.00 GiB/2.00 GiB   4 conn");
  }

  @Test
  void losesTheLeastWorthFirst_whenTheTerminalIsNarrow() {
    assertThat(row(70, HALF))
        .contains("#", "50%", "10.0 MiB/s", "ETA 1m05s")
        .doesNotContain("conn");
    assertThat(row(50, HALF)).contains("#", "50%", "10.0 MiB/s").doesNotContain("ETA");
    assertThat(row(30, HALF)).contains("data.bin", "50%").doesNotContain("MiB/s");
  }

  @Test
  void keepsColumnsUnderEachOther_whateverTheState() {
    String known = row(120, HALF);
    String unknown = row(120, running("other", OptionalLong.empty(), 1L << 20));
    String waiting =
        row(120, snapshot("w", TransferState.QUEUED, OptionalLong.of(10), 0, 1, null, null));

    assertThat(unknown.indexOf("4 conn")).isEqualTo(known.indexOf("4 conn"));
    assertThat(waiting.indexOf("4 conn")).isEqualTo(known.indexOf("4 conn"));
    String awaiting = row(120, awaiting("w", "example.org:443"));
    assertThat(awaiting).contains("waits for a connection");
    assertThat(awaiting.indexOf("0 conn")).isEqualTo(known.indexOf("4 conn"));
  }

  @Test
  void saysWhenAndWhyItTriesAgain() {
    ProgressSnapshot retrying =
        snapshot(
            "data.bin",
            TransferState.RETRYING,
            OptionalLong.of(100),
            50,
            2,
            FailureCode.SERVICE_UNAVAILABLE,
            NOW.plusSeconds(12));

    assertThat(row(120, retrying)).contains("retry in 12s E2503", "try 2");
  }

  @Test
  void showsNoBar_whenTheLengthIsUnknown() {
    assertThat(row(120, running("x", OptionalLong.empty(), 5L << 20)))
        .contains("5.00 MiB", "ETA -")
        .doesNotContain("#", "%");
  }

  @Test
  void printsAHostileNameHarmlessly() {
    ProgressSnapshot hostile = running("a\u001b[2Jb\r\n\u202egpj", OptionalLong.of(10), 5);

    assertThat(row(150, hostile))
        .startsWith("a\\x1b[2Jb\\x0d\\x0a\\u202egpj")
        .doesNotContain("\u001b", "\r", "\n", "\u202e");
  }

  @Test
  void showsAsManyAsFit_andCountsTheOthers() {
    List<String> rows =
        ProgressView.rows(new TerminalSize(100, 10), Glyphs.UNICODE, many(100), Tally.NONE, NOW);

    assertThat(rows).hasSize(9);
    assertThat(rows.subList(0, 7)).allMatch(row -> row.startsWith("file-"));
    assertThat(rows.get(7)).isEqualTo("… and 93 more");
    assertThat(rows.get(8)).startsWith("total  1000.0 MiB/s").contains("100 running");
  }

  @Test
  void showsAll_whenTheyJustFit() {
    List<String> rows =
        ProgressView.rows(new TerminalSize(100, 10), Glyphs.ASCII, many(8), Tally.NONE, NOW);

    assertThat(rows).hasSize(9).noneMatch(row -> row.contains("more"));
  }

  @Test
  void countsWhatHasEnded() {
    Tally ended =
        Tally.NONE.plus(TransferState.LANDED).plus(TransferState.LANDED).plus(TransferState.FAILED);

    assertThat(
            ProgressView.rows(new TerminalSize(100, 10), Glyphs.ASCII, many(1), ended, NOW).get(1))
        .endsWith("1 running, 2 landed, 1 failed");
  }

  @Test
  void showsNothing_whenNothingRuns() {
    assertThat(ProgressView.rows(TerminalSize.DEFAULT, Glyphs.ASCII, List.of(), Tally.NONE, NOW))
        .isEmpty();
  }

  @Property(tries = 200)
  void neverWrapsNorOverflows(
      @ForAll @IntRange(min = 1, max = 200) int columns,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(max = 100) int transfers,
      @ForAll String name) {
    List<ProgressSnapshot> running =
        IntStream.range(0, transfers)
            .mapToObj(
                i ->
                    running(
                        "x" + name + "日本語",
                        i % 2 == 0 ? OptionalLong.of(100) : OptionalLong.empty(),
                        50))
            .toList();

    List<String> drawn =
        ProgressView.rows(
            new TerminalSize(columns, rows), Glyphs.UNICODE, running, Tally.NONE, NOW);

    assertThat(drawn.size()).isLessThanOrEqualTo(Math.max(1, rows - 1));
    assertThat(drawn).allMatch(row -> TerminalText.width(row) <= Math.max(1, columns - 1));
    assertThat(drawn).allMatch(row -> row.codePoints().noneMatch(Character::isISOControl));
  }

  private static String row(int columns, ProgressSnapshot snapshot) {
    return new BarLine(columns, Glyphs.ASCII, NOW).of(snapshot);
  }

  private static List<ProgressSnapshot> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> running("file-" + i, OptionalLong.of(100), i % 100))
        .toList();
  }
}
