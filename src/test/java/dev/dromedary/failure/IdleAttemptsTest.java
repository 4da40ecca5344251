package dev.dromedary.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attempts that bring little are counted, so that the time of a transfer is bounded (I7). */
class IdleAttemptsTest {

  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "1, 1999, 0",
    "1, 2000, 1",
    "999, 1000000, 1",
    "1000, 1000000, 0",
    "65535, 1000000000000, 1",
    "65536, 1000000000000, 0",
    "65535, -1, 1",
    "65536, -1, 0",
    "0, 10, 4",
  })
  void countsByWhatAnAttemptBrought(long gainBytes, long lengthBytes, int quarters) {
    OptionalLong length = lengthBytes < 0 ? UNKNOWN : OptionalLong.of(lengthBytes);
    assertThat(IdleAttempts.from(0).after(gainBytes, length, false).quarters()).isEqualTo(quarters);
  }

  @Test
  void littleIsNothing_whenTheAttemptHadTheTimeForMore() {
    OptionalLong length = OptionalLong.of(1_000_000);
    assertThat(IdleAttempts.from(0).after(65_535, length, true).inARow()).isEqualTo(1);
    assertThat(IdleAttempts.from(0).after(65_536, length, true).isNone()).isTrue();
  }

  @Test
  void fourThatBringLittleAreOne() {
    IdleAttempts idle = IdleAttempts.from(0);
    for (int bytes = 1; bytes <= 7; bytes++) {
      idle = idle.after(bytes, OptionalLong.of(1_000_000), false);
    }
    assertThat(idle.inARow()).isEqualTo(1);
    assertThat(idle.after(8, OptionalLong.of(1_000_000), false).inARow()).isEqualTo(2);
  }

  @Test
  void littleAddsUp() {
    IdleAttempts idle = IdleAttempts.from(5_000);
    OptionalLong length = OptionalLong.of(1_005_000);
    idle = idle.after(5_400, length, false).after(5_800, length, false);
    assertThat(idle.quarters()).isEqualTo(2);
    assertThat(idle.after(6_000, length, false)).isEqualTo(IdleAttempts.from(6_000));
  }

  @Test
  void bytesThatComeOnceMoreAreNothing() {
    OptionalLong length = OptionalLong.of(100);
    IdleAttempts idle = IdleAttempts.from(0).after(50, length, false);
    assertThat(idle.after(50, length, false).after(50, length, false).inARow()).isEqualTo(2);
    assertThat(idle.after(50, length, false).after(51, length, false).isNone()).isTrue();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> new IdleAttempts(4, 5, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new IdleAttempts(5, 5, -1));
  }

  /** A server may bring as little as it likes: the attempts at a file are bounded. */
  @Property(tries = 50)
  void everyTransferEnds(
      @ForAll @LongRange(min = 1, max = 1L << 30) long lengthBytes,
      @ForAll @LongRange(min = 0, max = 4_000) long gainBytes,
      @ForAll @IntRange(min = 1, max = 20) int tries) {
    long mostAttempts = 4L * tries * (20_000 + lengthBytes / IdleAttempts.GOOD_DEAL_BYTES);
    IdleAttempts idle = IdleAttempts.from(0);
    long held = 0;
    long attempts = 0;
    while (held < lengthBytes && idle.inARow() < tries && attempts < mostAttempts) {
      held = Math.min(lengthBytes, held + gainBytes);
      idle = idle.after(held, OptionalLong.of(lengthBytes), false);
      attempts++;
    }
    assertThat(attempts).isLessThan(mostAttempts);
  }
}
