package dev.dromedary.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A fingerprint of what is asked for tells apart what {@link Source#fetchesTheSameAs} does. */
class FingerprintTest {

  private static final URI URL = URI.create("https://a.example.org/x?token=1");
  private static final URI OTHER = URI.create("https://a.example.org/x?token=2");
  private static final Guards SHRINKS_LITTLE =
      new Guards(
          List.of(), OptionalLong.empty(), OptionalLong.empty(), List.of(), OptionalInt.of(5));

  private final Source source = source(List.of(URL), Map.of("A", "1", "B", "2"), Guards.NONE);

  @Test
  void tellsApartWhatIsAskedFor() {
    List<Source> all =
        List.of(
            source,
            source(List.of(OTHER), Map.of("A", "1", "B", "2"), Guards.NONE),
            source(List.of(URL, OTHER), Map.of("A", "1", "B", "2"), Guards.NONE),
            source(List.of(URL), Map.of("A", "1"), Guards.NONE),
            source(List.of(URL), Map.of("A", "2", "B", "1"), Guards.NONE),
            source(List.of(URL), Map.of("A", "1", "B", "2"), SHRINKS_LITTLE),
            held(Optional.of(new DigestFile(URL, Optional.empty())), List.of(), 7),
            held(Optional.of(new DigestFile(OTHER, Optional.empty())), List.of(), 7),
            held(Optional.empty(), List.of(ExpectedDigest.parse("0".repeat(64))), 7),
            held(Optional.empty(), List.of(), 7),
            held(Optional.empty(), List.of(), 8));
    for (Source one : all) {
      for (Source other : all) {
        assertThat(Fingerprint.ofAsked(one).equals(Fingerprint.ofAsked(other)))
            .as("%s and %s", all.indexOf(one), all.indexOf(other))
            .isEqualTo(one.fetchesTheSameAs(other));
      }
    }
  }

  @Test
  void isTheSameInEveryProcess_whateverTheOrderOfTheHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("B", "2");
    headers.put("A", "1");

    assertThat(Fingerprint.ofAsked(source(List.of(URL), headers, Guards.NONE)))
        .isEqualTo(Fingerprint.ofAsked(source))
        .isEqualTo("b37f8352-3435-3968-a48b-dd595ac1c08c");
  }

  @Test
  void ofWhatIsHereIsTheSame_whenItsUrlIsSignedAnew() {
    URI one = URI.create("https://a.example.org/x?X-Amz-Date=1&X-Amz-Signature=1");
    URI two = URI.create("https://a.example.org/x?X-Amz-Date=2&X-Amz-Signature=2");
    Source before = source(List.of(one), Map.of(), Guards.NONE);
    Source now = source(List.of(two), Map.of(), Guards.NONE);

    assertThat(Fingerprint.of(one))
        .isEqualTo(Fingerprint.of(two))
        .isNotEqualTo(Fingerprint.of(URL));
    assertThat(Fingerprint.ofLanded(before, one)).isEqualTo(Fingerprint.ofLanded(now, two));
    assertThat(Fingerprint.ofAsked(before))
        .as("one may be let in where the other was not")
        .isNotEqualTo(Fingerprint.ofAsked(now));
    assertThat(Fingerprint.ofAskedUnsigned(before)).isEqualTo(Fingerprint.ofAskedUnsigned(now));
    assertThat(Fingerprint.ofAskedUnsigned(source)).isEqualTo(Fingerprint.ofAsked(source));
  }

  private static Source source(List<URI> urls, Map<String, String> headers, Guards guards) {
    return source(urls, headers, guards, Optional.empty(), List.of(), OptionalLong.empty());
  }

  private static Source held(Optional<DigestFile> file, List<ExpectedDigest> digests, long size) {
    return source(List.of(URL), Map.of(), Guards.NONE, file, digests, OptionalLong.of(size));
  }

  private static Source source(
      List<URI> urls,
      Map<String, String> headers,
      Guards guards,
      Optional<DigestFile> digestFile,
      List<ExpectedDigest> digests,
      OptionalLong size) {
    return new Source(
        "id",
        urls,
        "id",
        digests,
        size,
        new Schedule.Every(Duration.ofHours(1)),
        headers,
        OptionalInt.empty(),
        false,
        false,
        OptionalLong.empty(),
        guards,
        digestFile);
  }
}
