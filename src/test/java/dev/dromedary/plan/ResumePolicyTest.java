package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.plan.ResumeDecision.How;
import dev.dromedary.plan.ResumeDecision.Resume;
import dev.dromedary.plan.ResumeDecision.StartOver;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import dev.dromedary.transfer.Validators;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumePolicyTest {

  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final Validators BOTH = new Validators("\"v1\"", DATE);
  private static final OptionalLong UNKNOWN = OptionalLong.empty();
  private static final OptionalLong HUNDRED = OptionalLong.of(100);
  private static final ByteRanges TWO_PIECES =
      ByteRanges.of(List.of(new ByteRange(0, 10), new ByteRange(50, 60)));

  @ParameterizedTest
  @CsvSource({
    // etag, date, same URLs, length, digest -> how, or nothing to start over
    "strong, date, true,  100, true,  STRONG_ETAG_IF_RANGE",
    "strong, none, true,  -,   false, STRONG_ETAG_IF_RANGE",
    "weak,   date, true,  -,   false, LAST_MODIFIED_IF_RANGE",
    "none,   date, true,  100, true,  LAST_MODIFIED_IF_RANGE",
    "weak,   none, true,  100, true,  PLAIN_RANGE_LENGTH_AND_DIGEST",
    "none,   none, true,  100, true,  PLAIN_RANGE_LENGTH_AND_DIGEST",
    "none,   none, true,  -,   true,  ",
    "none,   none, true,  100, false, ",
    "strong, date, false, 100, true,  PLAIN_RANGE_LENGTH_AND_DIGEST",
    "strong, date, false, 100, false, ",
    "strong, date, false, -,   true,  ",
  })
  void takesTheHighestRungThatHolds(
      String etag, String date, boolean sameUrls, String length, boolean digest, How expected) {
    String tag = etag.equals("none") ? null : etag.equals("weak") ? "W/\"v1\"" : "\"v1\"";
    Validators validators = new Validators(tag, date.equals("none") ? null : DATE);
    OptionalLong lengthBytes = length.equals("-") ? UNKNOWN : HUNDRED;
    Held held = new Held(validators, lengthBytes, TWO_PIECES, sameUrls);

    ResumeDecision decision = ResumePolicy.decide(held, UNKNOWN, digest);

    if (expected == null) {
      assertThat(decision).isInstanceOf(StartOver.class);
      assertThat(ResumePolicy.whyNot(held, UNKNOWN, digest)).isPresent();
    } else {
      assertThat(decision)
          .isInstanceOfSatisfying(Resume.class, r -> assertThat(r.how()).isEqualTo(expected));
      assertThat(ResumePolicy.whyNot(held, UNKNOWN, digest)).isEmpty();
    }
  }

  @Test
  void fetchesTheGaps_whenTheLengthIsKnown() {
    assertThat(ResumePolicy.decide(new Held(BOTH, HUNDRED, TWO_PIECES, true), UNKNOWN, false))
        .isEqualTo(
            new Resume(
                How.STRONG_ETAG_IF_RANGE,
                BOTH,
                HUNDRED,
                List.of(new ByteRange(10, 50), new ByteRange(60, 100))));
  }

  @Test
  void fetchesTheRestToItsEnd_whenTheLengthIsUnknown() {
    assertThat(ResumePolicy.decide(new Held(BOTH, UNKNOWN, TWO_PIECES, true), UNKNOWN, false))
        .isInstanceOfSatisfying(
            Resume.class,
            resume ->
                assertThat(resume.missing())
                    .containsExactly(new ByteRange(10, 50), new ByteRange(60, Long.MAX_VALUE)));
  }

  @Test
  void fetchesNothing_whenEverythingIsHere() {
    ByteRanges all = ByteRanges.of(List.of(new ByteRange(0, 100)));

    assertThat(ResumePolicy.decide(new Held(BOTH, HUNDRED, all, true), HUNDRED, false))
        .isInstanceOfSatisfying(Resume.class, r -> assertThat(r.missing()).isEmpty());
  }

  @Test
  void comparesNoValidators_whenLengthAndDigestDecide() {
    assertThat(ResumePolicy.decide(new Held(BOTH, HUNDRED, TWO_PIECES, false), UNKNOWN, true))
        .isInstanceOfSatisfying(
            Resume.class,
            resume -> {
              assertThat(resume.validators()).isEqualTo(Validators.NONE);
              assertThat(resume.ifRange()).isEmpty();
            });
  }

  @Test
  void takesTheSizeOfTheSourceListForTheLength() {
    assertThat(
            ResumePolicy.decide(
                new Held(Validators.NONE, UNKNOWN, TWO_PIECES, true), HUNDRED, true))
        .isInstanceOfSatisfying(
            Resume.class, resume -> assertThat(resume.lengthBytes()).isEqualTo(HUNDRED));
  }

  @Test
  void startsOver_whenNothingIsHere() {
    assertThat(ResumePolicy.decide(new Held(BOTH, HUNDRED, ByteRanges.EMPTY, true), HUNDRED, true))
        .isEqualTo(new StartOver("nothing is here yet"));
  }

  @Test
  void startsOver_whenTheExpectedSizeIsNotTheLengthHeld() {
    assertThat(
            ResumePolicy.decide(
                new Held(BOTH, HUNDRED, TWO_PIECES, true), OptionalLong.of(99), true))
        .isEqualTo(new StartOver("expected a length of 99, found 100 for the version held"));
  }

  @Test
  void startsOver_whenMoreIsHereThanTheFileHas() {
    assertThat(
            ResumePolicy.decide(
                new Held(BOTH, OptionalLong.of(59), TWO_PIECES, true), UNKNOWN, true))
        .isEqualTo(new StartOver("expected at most 59 bytes, found bytes up to 60"));
  }

  @Test
  void climbsDown_whenARungDidNotHold() {
    Held held = new Held(BOTH, HUNDRED, TWO_PIECES, true);
    Held withoutEtag = held.without(How.STRONG_ETAG_IF_RANGE);
    Held withoutAny = withoutEtag.without(How.LAST_MODIFIED_IF_RANGE);

    assertThat(ResumePolicy.decide(withoutEtag, UNKNOWN, true))
        .isInstanceOfSatisfying(
            Resume.class, r -> assertThat(r.how()).isEqualTo(How.LAST_MODIFIED_IF_RANGE));
    assertThat(ResumePolicy.decide(withoutAny, UNKNOWN, true))
        .isInstanceOfSatisfying(
            Resume.class, r -> assertThat(r.how()).isEqualTo(How.PLAIN_RANGE_LENGTH_AND_DIGEST));
    assertThat(ResumePolicy.decide(withoutAny, UNKNOWN, false))
        .isEqualTo(new StartOver("the server gave no validator and no digest is known to decide"));
  }
}
