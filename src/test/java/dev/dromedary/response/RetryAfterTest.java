package dev.dromedary.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        " 120 | 120",
        "007 | 7",
        "Sun, 06 Nov 1994 08:49:47 GMT | 10",
        "Sunday, 06-Nov-94 08:49:47 GMT | 10",
        "Sun Nov  6 08:49:47 1994 | 10",
        "Mon Nov 07 08:49:37 1994 | 86400",
        "Thu, 01 Jan 1970 00:00:00 GMT | 0",
        "Sun, 06 Nov 1994 08:49:60 GMT | 22",
      })
  void readsSecondsAndTheThreeFormsOfADate(String text, long seconds) {
    assertThat(RetryAfter.parse(text, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1.5",
        "5s",
        "٥",
        "31536001",
        "99999999999999999999",
        "Sun, 06 Nov 2094 08:49:47 GMT",
        "Sun, 31 Feb 1995 08:49:47 GMT",
        "Sun, 06 Now 1994 08:49:47 GMT",
        "Sun, 06 Nov 1994 25:49:47 GMT",
        "Sun, 06 Nov 1994 08:49:47 CET",
        "1994-11-06T08:49:47Z",
      })
  void answersNothing_whenItIsAbsurdOrAnythingElse(String text) {
    assertThat(RetryAfter.parse(text, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"44, 2044", "45, 1945", "94, 1994", "00, 2000"})
  void takesAYearOfTwoDigitsForTheNearerCentury(String digits, int year) {
    assertThat(HttpDate.parse("Sunday, 06-Nov-" + digits + " 08:49:37 GMT", NOW))
        .contains(Instant.parse(year + "-11-06T08:49:37Z"));
  }

  @Property(tries = 3000, seed = "4201")
  void neverThrows_andStaysWithinItsBounds(@ForAll String text, @ForAll int number) {
    for (String value : new String[] {text, Integer.toString(number), number + text}) {
      assertThat(RetryAfter.parse(value, NOW).orElse(Duration.ZERO))
          .isBetween(Duration.ZERO, RetryAfter.LONGEST);
    }
  }
}
