package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** I6: no name leaves the landing zone. */
class TargetNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "a/b.c", ".hidden", "a b", "..a", "ü/日本.bin", "x.dromedary", "a:b", "$x"})
  void takesARelativePath(String name) {
    assertThat(TargetName.parse(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/a|expected a path relative to the landing zone, found an absolute one",
        "a//b|expected a name between any two '/', found nothing",
        "a/|expected a name between any two '/', found nothing",
        "./a|expected no segment of dots alone, found '.'",
        "a/../b|expected no segment of dots alone, found '..'",
        "a/...|expected no segment of dots alone, found '...'",
        "` `|expected a name between any two '/', found blanks alone",
        "a/\u2003\u00A0/b|expected a name between any two '/', found blanks alone",
        "a\\b|expected '/' between segments, found a backslash",
        "a\u0000b|found the control character U+0000",
        "a\u2028b|found the control character U+2028",
        ".dromedary/x|.dromedary belongs to the work directory, expected another name",
        ".DROMEDARY|.dromedary belongs to the work directory, expected another name",
        "${env:HOME}|expected a literal name, found '${'",
        "$simple{body}|expected a literal name, found '$simple{'",
        "{{env:HOME}}|expected a literal name, found '{{'",
      })
  void tellsWhyANameIsRefused(String name, String why) {
    assertThatThrownBy(() -> TargetName.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target '" + name + "': " + why);
  }

  @Test
  void refusesNothingAndHalfCharacters() {
    assertThatThrownBy(() -> TargetName.parse("")).hasMessageContaining("expected a relative path");
    assertThatThrownBy(() -> TargetName.parse("a\uD800"))
        .hasMessageContaining("half a surrogate pair");
  }

  @Test
  void leavesTheNamesOfDeliveryToIt() {
    assertThatThrownBy(() -> TargetName.parse("d/.x.bin.Landing"))
        .hasMessageContaining("belong to delivery");
    assertThat(TargetName.parse("x.bin.landing")).isEqualTo("x.bin.landing");
    assertThat(TargetName.parse(".x.landing/y")).isEqualTo(".x.landing/y");
  }

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(TargetName.parse("ü".repeat(127) + "a/x")).hasSize(130);
    assertThatThrownBy(() -> TargetName.parse("ü".repeat(128) + "/x"))
        .hasMessageEndingWith("expected at most 255 bytes a segment, found 256");
    assertThat(TargetName.parse("d/" + "ü".repeat(123))).hasSize(125);
    assertThatThrownBy(() -> TargetName.parse("d/" + "ü".repeat(123) + "a"))
        .hasMessageEndingWith("expected at most 246 bytes in the name of the file, found 247");
    String segments = ("a".repeat(203) + "/").repeat(5);
    assertThat(TargetName.parse(segments + "abcd")).hasSize(1024);
    assertThatThrownBy(() -> TargetName.parse(segments + "abcde"))
        .hasMessageEndingWith("expected at most 1024 bytes, found 1025");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/d/a.bin?x=/y,a.bin",
    "http://h/a%20b%2B+,a b++",
    "http://h/%C3%BC,ü",
    "http://h/%41,A"
  })
  void takesTheLastSegmentOfAUrl(String url, String name) {
    assertThat(TargetName.ofUrl(URI.create(url))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h",
        "http://h/a/",
        "http://h/%20",
        "http://h/%E2%80%83",
        "http://h/..%2Fx",
        "http://h/%2e%2e",
        "http://h/a%00",
        "http://h/%FF",
        "http://h/%24%7Benv:HOME%7D",
        "http://h/a%5Cb",
        "http://h/.dromedary"
      })
  void refusesWhatAUrlMustNotName(String url) {
    assertThatThrownBy(() -> TargetName.ofUrl(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 500)
  void neverLeavesTheLandingZone(
      @ForAll
          @StringLength(max = 12)
          @Chars({'.', '/', '\\', '~', '%', ' '})
          @CharRange(from = 'a', to = 'c')
          String text) {
    java.nio.file.Path landing = java.nio.file.Path.of("/landing/zone");
    try {
      java.nio.file.Path path = landing.resolve(TargetName.parse(text));
      assertThat(path).isEqualTo(path.normalize()).isNotEqualTo(landing).startsWithRaw(landing);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("expected");
    }
  }
}
