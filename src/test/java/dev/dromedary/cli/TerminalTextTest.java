package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

  @Test
  void escapesWhatCouldSteerATerminal_andNothingElse() {
    assertThat(TerminalText.escape("\u001b]0;x\u0007\u009b31m\u2028\u200b\ud800"))
        .isEqualTo("\\x1b]0;x\\x07\\x9b31m\\u2028\\u200b\\ud800");
    assertThat(TerminalText.escape("İstanbul – ığdır 日本 😀 é"))
        .isEqualTo("İstanbul – ığdır 日本 😀 é");
  }

  @ParameterizedTest
  @CsvSource({"abcdef,6,abcdef", "abcdef,5,ab~ef", "abcdef,2,a~", "abcdef,1,~", "日本語日本語,7,日~語"})
  void cutsInTheMiddle(String text, int width, String expected) {
    assertThat(TerminalText.fit(text, width, Glyphs.ASCII)).isEqualTo(expected);
  }

  @Property(tries = 300)
  void wrapsBetweenWordsAndLosesNone(
      @ForAll List<@StringLength(min = 1, max = 20) @AlphaChars String> words,
      @ForAll @IntRange(min = 1, max = 30) int width) {
    List<String> lines = TerminalText.wrap(String.join(" ", words), width);

    assertThat(String.join(" ", lines)).isEqualTo(String.join(" ", words));
    assertThat(lines).allMatch(line -> line.length() <= width || !line.contains(" "));
  }

  @Property(tries = 300)
  void padsToExactlyTheWidth(@ForAll String text, @ForAll @IntRange(max = 60) int width) {
    String padded = TerminalText.pad(TerminalText.escape(text), width, Glyphs.UNICODE);

    assertThat(TerminalText.width(padded)).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({
    "24 80,,80,24",
    "50 132,90,132,50",
    "0 0,90,90,24",
    "'',120,120,24",
    "'',,80,24",
    "stty: error,abc,80,24"
  })
  void readsTheSizeOfATerminal(String answer, String columns, int width, int height) {
    assertThat(Terminal.parse(answer, columns)).isEqualTo(new TerminalSize(width, height));
  }
}
