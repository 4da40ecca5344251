package dev.dromedary.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers users see: unique, ordered, in the band of who acts, and documented. */
class FailureCodesTest {

  private static final Map<Integer, FailureAction> BANDS =
      Map.of(
          1, FailureAction.RETRY,
          2, FailureAction.RETRY,
          3, FailureAction.START_OVER,
          4, FailureAction.SOURCE_OWNER,
          5, FailureAction.OPERATOR,
          9, FailureAction.BUG);

  /** Those that act otherwise than their band tells: something helps before a person is asked. */
  private static final Map<FailureCode, FailureAction> EXCEPTIONS =
      Map.of(
          FailureCode.DIGEST_MISMATCH, FailureAction.START_OVER,
          FailureCode.DISK_FULL, FailureAction.SHORTAGE,
          FailureCode.LEDGER, FailureAction.SHORTAGE,
          FailureCode.NO_DESCRIPTOR, FailureAction.SHORTAGE,
          FailureCode.NO_THREAD, FailureAction.RETRY,
          FailureCode.NO_MEMORY, FailureAction.RETRY,
          FailureCode.DELIVERY_UNREACHED, FailureAction.RETRY,
          FailureCode.STOPPING, FailureAction.SUSPEND);

  private static final Map<FailureAction, String> WORDS =
      Map.of(
          FailureAction.RETRY, "tries again",
          FailureAction.SHORTAGE, "waits",
          FailureAction.START_OVER, "starts over",
          FailureAction.SOURCE_OWNER, "gives up",
          FailureAction.OPERATOR, "gives up",
          FailureAction.SUSPEND, "is set down",
          FailureAction.BUG, "gives up");

  @Test
  void ascendsWithoutRepeatingANumber() {
    assertThat(Arrays.stream(FailureCode.values()).map(FailureCode::number).toList())
        .hasSizeGreaterThan(40)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= 1000 && number <= 9999);
  }

  @ParameterizedTest
  @EnumSource
  void standsInTheBandOfWhoActs(FailureCode code) {
    FailureAction expected = EXCEPTIONS.getOrDefault(code, BANDS.get(code.number() / 1000));

    assertThat(code.action()).isEqualTo(expected);
  }

  @Test
  void documentsEveryCodeInOrderAndInItsOwnWords() {
    List<List<String>> documented =
        Checkout.rowsOf(Checkout.text("docs/failure-codes.md")).stream()
            .filter(row -> row.get(0).matches("E\\d{4}"))
            .toList();

    assertThat(documented)
        .extracting(row -> List.of(row.get(0), row.get(1), row.get(2), row.get(4), row.get(5)))
        .containsExactlyElementsOf(
            Arrays.stream(FailureCode.values())
                .map(
                    code ->
                        List.of(
                            code.label(),
                            "`" + code.name() + "`",
                            code.meaning(),
                            WORDS.get(code.action()),
                            code.remedy()))
                .toList());
    assertThat(documented).allMatch(row -> row.size() == 6 && row.get(3).length() > 10);
  }
}
