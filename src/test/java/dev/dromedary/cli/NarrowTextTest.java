package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.observe.TransferStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code status --watch} shows fits the terminal, and what matters is not what goes. */
class NarrowTextTest {

  private static final String SOURCE = "genomes/homo-sapiens/release-112/primary-assembly.fa.gz";

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

  @Test
  void rowsBelowTheTerminalAreCounted() {
    assertThat(StatusCommand.fitting(List.of("a", "b", "c", "d"), 3))
        .containsExactly("a", "b", "and 2 more rows");
    assertThat(StatusCommand.fitting(List.of("a", "b", "c"), 3)).containsExactly("a", "b", "c");
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
    return ServiceText.transfers(List.of(running), Glyphs.ASCII, width);
  }
}
