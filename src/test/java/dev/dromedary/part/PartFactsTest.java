package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dromedary.transfer.Validators;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartFactsTest {

  @Test
  void keepsTheLength_whenItIsNotToldAgain() {
    PartFacts known = Staged.facts(1).withLength(5);
    assertThat(known.and(Staged.facts(1))).isEqualTo(known);
    assertThat(Staged.facts(1).and(known)).isEqualTo(known);
  }

  @Test
  void takesTheStrongerValidatorsOnly() {
    Validators both = new Validators("\"a\"", "Mon");
    assertThat(facts(null, "Mon").and(facts("\"a\"", "Mon")).validators()).isEqualTo(both);
    assertThat(facts("\"a\"", "Mon").and(facts(null, "Mon")).validators()).isEqualTo(both);
    assertThat(facts(null, null).and(facts("\"a\"", "Mon")).validators()).isEqualTo(both);
  }

  @Test
  void keepsTheContentType_whenItIsNotToldAgain() {
    PartFacts typed = typed("text/csv");
    assertThat(typed.and(typed(null)).contentType()).isEqualTo("text/csv");
    assertThat(typed(null).and(typed).contentType()).isEqualTo("text/csv");
    assertThat(typed.withLength(3).contentType()).isEqualTo("text/csv");
  }

  @Test
  void refusesAnotherVersion() {
    refused(facts("\"a\"", null), facts("\"b\"", null));
    refused(Staged.facts(1).withLength(1), Staged.facts(1).withLength(2));
  }

  private static void refused(PartFacts one, PartFacts other) {
    assertThatIllegalArgumentException().isThrownBy(() -> one.and(other));
  }

  private static PartFacts typed(@Nullable String contentType) {
    return new PartFacts(
        Staged.ID, "", Validators.NONE, contentType, OptionalLong.empty(), Staged.NOW);
  }

  private static PartFacts facts(@Nullable String etag, @Nullable String lastModified) {
    return new PartFacts(
        Staged.ID, "", new Validators(etag, lastModified), null, OptionalLong.empty(), Staged.NOW);
  }
}
