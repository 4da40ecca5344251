package dev.dromedary.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.response.Verdict.Body;
import dev.dromedary.response.Verdict.Relation;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.Validators;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a server writes, the judge answers, and never takes bytes that were not asked for. */
class ResponseJudgePropertyTest {

  @Property(tries = 3000, seed = "4204")
  void neverThrows_andNeverTakesBytesThatDoNotFit(
      @ForAll("asked") Asked asked,
      @ForAll("statuses") int status,
      @ForAll("headers") Map<String, List<String>> headers) {
    Verdict verdict = ResponseJudge.judge(asked, new ResponseFacts(status, headers), Instant.EPOCH);

    assertThat(verdict).isNotNull();
    if (verdict instanceof Body body) {
      assertThat(body.start()).isEqualTo(body.whole() ? 0 : asked.start());
      assertThat(body.end().orElse(Long.MAX_VALUE)).isGreaterThanOrEqualTo(body.start());
      if (!body.whole()) {
        assertThat(body.end().orElseThrow()).isLessThanOrEqualTo(asked.end());
        assertThat(body.relation()).isNotEqualTo(Relation.NEW_VERSION);
      }
    }
  }

  @Provide
  Arbitrary<Asked> asked() {
    Validators held = new Validators("\"v1\"", null);
    return Arbitraries.of(
        Asked.whole(KnownVersion.NONE),
        Asked.whole(new KnownVersion(held, OptionalLong.empty())),
        Asked.firstPart(8, KnownVersion.NONE),
        Asked.part(new ByteRange(5, 8), held, OptionalLong.of(10)),
        Asked.part(new ByteRange(5, Asked.OPEN), held, OptionalLong.empty()));
  }

  @Provide
  Arbitrary<Integer> statuses() {
    return Arbitraries.oneOf(
        Arbitraries.of(200, 206, 206, 206, 302, 304, 416, 429, 503), Arbitraries.integers());
  }

  @Provide
  Arbitrary<Map<String, List<String>>> headers() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "Content-Range",
                "content-range",
                "Content-Length",
                "ETag",
                "Last-Modified",
                "Location",
                "Retry-After",
                "Content-Type",
                "Content-Encoding",
                "Repr-Digest"),
            Arbitraries.strings().ofMaxLength(5));
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 12);
    Arbitrary<String> ranges =
        small.flatMap(a -> small.flatMap(b -> small.map(n -> "bytes " + a + "-" + b + "/" + n)));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            ranges,
            small.map(n -> Integer.toString(n)),
            Arbitraries.of("\"v1\"", "\"v2\"", "bytes */5", "bytes 5-7/10", "identity", ""),
            Arbitraries.strings().ofMaxLength(20));
    return Arbitraries.maps(names, values.list().ofMaxSize(2)).ofMaxSize(6);
  }

  @Property(tries = 300)
  void findsHeadersInAnyCase(@ForAll @IntRange(min = 0, max = 4095) int upper) {
    StringBuilder name = new StringBuilder("content-type");
    for (int i = 0; i < name.length(); i++) {
      if ((upper >> i & 1) == 1) {
        name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    ResponseFacts facts = new ResponseFacts(200, Map.of(name.toString(), List.of("x")));

    assertThat(facts.only("Content-Type")).contains("x");
    assertThat(new ResponseFacts(200, Map.of("Content-Dıgest", List.of("x"))).has("Content-Digest"))
        .isFalse();
  }
}
