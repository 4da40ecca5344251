package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.Validators.Match;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether two answers are of one version (I3). Source: RFC 9110 §8.8. */
class ValidatorsTest {

  private static final String MONDAY = "Mon, 05 Jan 2026 10:00:00 GMT";
  private static final String FRIDAY = "Fri, 09 Jan 2026 10:00:00 GMT";

  @ParameterizedTest(name = "{0} {1} and {2} {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "'\"a\"',   Mon, '\"a\"',   Fri, SAME",
        "'\"a\"',   Mon, '\"b\"',   Mon, DIFFERENT",
        "'W/\"a\"', Mon, 'W/\"b\"', Mon, DIFFERENT",
        "'W/\"a\"', -,   'W/\"b\"', -,   DIFFERENT",
        "'\"a\"',   Mon, 'W/\"b\"', Mon, DIFFERENT",
        "'W/\"a\"', Mon, '\"b\"',   Mon, DIFFERENT",
        "a,         Mon, b,         Mon, DIFFERENT",
        "'W/\"a\"', Mon, 'W/\"a\"', Mon, SAME",
        "'W/\"a\"', Mon, 'W/\"a\"', Fri, DIFFERENT",
        "'W/\"a\"', -,   'W/\"a\"', -,   UNKNOWN",
        "'\"a\"',   -,   'W/\"a\"', -,   UNKNOWN",
        "'\"a\"',   Mon, 'W/\"a\"', Mon, SAME",
        "'\"a\"',   Mon, -,         Mon, SAME",
        "'\"a\"',   Mon, -,         -,   UNKNOWN",
        "-,         Mon, -,         Fri, DIFFERENT",
        "-,         -,   -,         -,   UNKNOWN"
      })
  void comparesByTheStrongestValidatorThatBothHave(
      @Nullable String etag,
      @Nullable String date,
      @Nullable String otherEtag,
      @Nullable String otherDate,
      Match expected) {
    Validators one = new Validators(etag, date(date));
    Validators other = new Validators(otherEtag, date(otherDate));
    assertThat(one.compare(other)).isEqualTo(expected);
    assertThat(other.compare(one)).isEqualTo(expected);
  }

  @Test
  void areOfAnotherVersion_whenTheyAreOfAnotherResource() {
    Validators one = new Validators("\"a\"", MONDAY, "rel1");
    assertThat(one.compare(new Validators("\"a\"", MONDAY, "rel1"))).isEqualTo(Match.SAME);
    assertThat(one.compare(new Validators("\"a\"", MONDAY, "rel2"))).isEqualTo(Match.DIFFERENT);
    assertThat(one.compare(new Validators("\"a\"", MONDAY))).as("not known").isEqualTo(Match.SAME);
    assertThat(one.on("rel1")).isEqualTo(one);
    assertThat(one.on("rel2")).isEqualTo(Validators.NONE);
    assertThat(one.on(null)).isEqualTo(one);
  }

  private static @Nullable String date(@Nullable String day) {
    return day == null ? null : day.equals("Mon") ? MONDAY : FRIDAY;
  }
}
