package dev.dromedary.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

  @Test
  void readsTheThreeForms() {
    assertThat(ContentRange.parse("bytes 0-499/1234"))
        .contains(new ContentRange(0, 500, OptionalLong.of(1234), false));
    assertThat(ContentRange.parse(" Bytes\t7-7/* "))
        .contains(new ContentRange(7, 8, OptionalLong.empty(), false));
    assertThat(ContentRange.parse("bytes */47"))
        .contains(new ContentRange(0, 0, OptionalLong.of(47), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes ",
        "bytes=0-1/2",
        "bytes:0-1/2",
        "items 0-1/2",
        "bytes 1-0/2",
        "bytes 0-2/2",
        "bytes 0-1/0",
        "bytes -1-1/2",
        "bytes 0-/2",
        "bytes 0-1",
        "bytes */*",
        "bytes 0 - 1/2",
        "bytes 0-1/2, bytes 3-4/5",
        "bytes ٠-١/٢",
        "bytes 0-9223372036854775807/9223372036854775808",
        "bytes 0-1/99999999999999999999999",
      })
  void answersNothing_whenItIsAnythingElse(String text) {
    assertThat(ContentRange.parse(text)).isEmpty();
  }

  @Property(tries = 200)
  void readsWhatItsRangeWouldWrite(
      @ForAll @LongRange(min = 0, max = 1L << 58) long start,
      @ForAll @LongRange(min = 1, max = 1L << 57) long length,
      @ForAll @LongRange(min = 0, max = 1L << 57) long rest) {
    long end = start + length;
    assertThat(ContentRange.parse("bytes " + start + "-" + (end - 1) + "/" + (end + rest)))
        .contains(new ContentRange(start, end, OptionalLong.of(end + rest), false));
  }

  @Property(tries = 3000, seed = "4202")
  void neverThrows_andNeverAnswersAnImpossibleRange(
      @ForAll @StringLength(max = 40) @CharRange(from = '*', to = '9') String text) {
    Optional<ContentRange> range = ContentRange.parse("bytes " + text);
    assertThat(range.stream().toList())
        .allSatisfy(
            r -> {
              assertThat(r.start()).isNotNegative();
              assertThat(r.isUnsatisfied() || r.lengthBytes() > 0).isTrue();
              assertThat(r.end()).isLessThanOrEqualTo(r.totalBytes().orElse(Long.MAX_VALUE));
            });
  }
}
