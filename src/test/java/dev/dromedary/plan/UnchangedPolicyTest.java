package dev.dromedary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.plan.Conditional.Ask;
import dev.dromedary.plan.Conditional.AskAndCompare;
import dev.dromedary.plan.Conditional.FetchAnew;
import dev.dromedary.plan.LandedFacts.Basis;
import dev.dromedary.transfer.Validators;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnchangedPolicyTest {

  private static final Instant THEN = Instant.parse("2024-05-06T07:08:09.123456789Z");
  private static final Validators TAG = new Validators("W/\"v1\"", null);
  private static final LandedFacts LANDED = new LandedFacts(TAG, 100, THEN, "a/b.bin", Basis.SAME);

  @Test
  void asksForChangesOnly_whenTheLandedFileIsUntouched() {
    assertThat(UnchangedPolicy.mayAsk(LANDED, new FileFacts("a/b.bin", 100, THEN)))
        .isEqualTo(new Ask(TAG));
  }

  @Test
  void asksForChangesOnly_whenTheRecordKeptMillisecondsOnly() {
    Instant recorded = Instant.parse("2024-05-06T07:08:09.123Z");
    LandedFacts landed = new LandedFacts(TAG, 100, recorded, "a/b.bin", Basis.SAME);

    assertThat(UnchangedPolicy.mayAsk(landed, new FileFacts("a/b.bin", 100, THEN)))
        .isEqualTo(new Ask(TAG));
  }

  @Test
  void comparesWhatLanded_whenOtherDigestsAreExpectedOfIt() {
    LandedFacts landed = new LandedFacts(TAG, 100, THEN, "a/b.bin", Basis.OTHER_DIGESTS);
    assertThat(UnchangedPolicy.mayAsk(landed, new FileFacts("a/b.bin", 100, THEN)))
        .isEqualTo(new AskAndCompare(TAG));
    assertThat(UnchangedPolicy.mayAsk(landed, new FileFacts("a/b.bin", 99, THEN)))
        .isInstanceOf(FetchAnew.class);
    assertThat(UnchangedPolicy.mayAskUnseen(landed)).isInstanceOf(FetchAnew.class);
  }

  @Test
  void fetchesAnew_whenTheLandedFileIsNotWhatWasRecorded() {
    assertThat(UnchangedPolicy.mayAsk(LANDED, null))
        .isEqualTo(new FetchAnew("the landed file is gone"));
    assertThat(UnchangedPolicy.mayAsk(LANDED, new FileFacts("c.bin", 100, THEN)))
        .isEqualTo(new FetchAnew("the target is another one"));
    assertThat(UnchangedPolicy.mayAsk(LANDED, new FileFacts("a/b.bin", 99, THEN)))
        .isEqualTo(new FetchAnew("expected the landed file with 100 bytes, found 99"));
    assertThat(UnchangedPolicy.mayAsk(LANDED, new FileFacts("a/b.bin", 100, THEN.plusMillis(1))))
        .isEqualTo(new FetchAnew("the landed file was touched since"));
  }

  @Test
  void fetchesAnew_whenTheValidatorsProveNothing() {
    assertThat(
            UnchangedPolicy.mayAskUnseen(
                new LandedFacts(Validators.NONE, 100, THEN, "a/b.bin", Basis.SAME)))
        .isEqualTo(new FetchAnew("the server gave no validator"));
    assertThat(
            UnchangedPolicy.mayAskUnseen(new LandedFacts(TAG, 100, THEN, "a/b.bin", Basis.OTHER)))
        .isEqualTo(
            new FetchAnew("the URL is another one, or something else is expected of the file"));
  }
}
