package dev.dromedary.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.response.Hop.Follow;
import dev.dromedary.response.Hop.Refuse;
import dev.dromedary.transfer.FailureCode;
import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectPolicyTest {

  private static final URI FROM = URI.create("http://a/b/c/d;p?q");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 3986 §5.4, what is left of it with http only and without fragments
        "g | http://a/b/c/g",
        "./g | http://a/b/c/g",
        "g/ | http://a/b/c/g/",
        "/g | http://a/g",
        "//g | http://g",
        "?y | http://a/b/c/d;p?y",
        "g?y | http://a/b/c/g?y",
        "#s | http://a/b/c/d;p?q",
        "g?y#s | http://a/b/c/g?y",
        ";x | http://a/b/c/;x",
        ". | http://a/b/c/",
        ".. | http://a/b/",
        "../g | http://a/b/g",
        "../.. | http://a/",
        "../../../g | http://a/g",
        "/./g | http://a/g",
        "/../g | http://a/g",
        "g. | http://a/b/c/g.",
        "..g | http://a/b/c/..g",
        "./../g | http://a/b/g",
        "g;x=1/../y | http://a/b/c/y",
        "g?y/../x | http://a/b/c/g?y/../x",
        // absolute ones stay byte for byte
        "https://cdn.example:8443/x/../a%2Fb?sig=a%2bB%3D&e=1#f | https://cdn.example:8443/x/../a%2Fb?sig=a%2bB%3D&e=1",
        "HTTP://Cdn.Example/ | HTTP://Cdn.Example/",
        "http://[::1]:80/x | http://[::1]:80/x",
        // raw UTF-8 bytes, one character each, as the HTTP client hands them over
        "/caf\u00c3\u00a9 | http://a/caf%C3%A9",
        "/\u4e2d | http://a/%E4%B8%AD",
      })
  void followsToTheResolvedUrl(String location, String expected) {
    assertThat(RedirectPolicy.next(FROM, location, 1, 5))
        .isEqualTo(new Follow(URI.create(expected)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://a/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http:g",
        "http:///x",
        "http://user:pw@a/x",
        "//me@a/x",
        "http://a@b@c/x",
        "http://a_b/x",
        "http://a:0/x",
        "http://a:65536/x",
        "http://a/x y",
        "http://a/x\r\nHost: b",
        "http://a/x\ty",
        "http://a/x\u0000",
        "http://a/{{env:HOME}}",
        "http://a/[x]",
        "http://a/%zz",
        "\\\\a\\x",
      })
  void refusesWhatIsNoPlainWebUrl(String location) {
    assertThat(RedirectPolicy.next(FROM, location, 1, 5))
        .isInstanceOfSatisfying(
            Refuse.class, r -> assertThat(r.code()).isEqualTo(FailureCode.REDIRECT_REFUSED));
  }

  @Test
  void neverLeadsFromHttpsToHttp() {
    URI from = URI.create("https://a/");

    assertThat(RedirectPolicy.next(from, "http://a/x", 1, 5))
        .isEqualTo(new Refuse(FailureCode.REDIRECT_REFUSED, "it leads from https to http"));
    assertThat(RedirectPolicy.next(from, "//b/x", 1, 5))
        .isEqualTo(new Follow(URI.create("https://b/x")));
  }

  @Test
  void endsAfterTheAllowedNumber() {
    assertThat(RedirectPolicy.next(FROM, "/x", 5, 5)).isInstanceOf(Follow.class);
    assertThat(RedirectPolicy.next(FROM, "/x", 6, 5))
        .isEqualTo(
            new Refuse(
                FailureCode.TOO_MANY_REDIRECTS, "expected at most 5 redirects, found one more"));
    assertThat(RedirectPolicy.next(FROM, "/x", 1, 0)).isInstanceOf(Refuse.class);
  }

  @Test
  void refusesAnEndlessLocation() {
    assertThat(RedirectPolicy.next(FROM, "/" + "x".repeat(20_000), 1, 5))
        .isInstanceOf(Refuse.class);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x, http://a/y?z, true",
    "http://a/x, HTTP://A:80/y, true",
    "https://a/x, https://a:443/, true",
    "https://a/x, https://a:8443/, false",
    "http://a/x, https://a/x, false",
    "http://a:443/x, https://a/x, false",
    "http://a/x, http://b.a/x, false",
    "mailto:x, mailto:x, false",
  })
  void knowsTheOrigin(String a, String b, boolean expected) {
    assertThat(RedirectPolicy.sameOrigin(URI.create(a), URI.create(b))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/x, http://a/y?z, true",
    "http://a/x, HTTP://A:80/y, true",
    "http://a/x, https://a/x, true",
    "https://a/x, http://a/x, false",
    "http://a/x, https://a:8443/, false",
    "http://a:8080/x, https://a/x, false",
    "http://a:8080/x, https://a:8080/x, true",
    "http://a/x, http://a:6379/x, false",
    "http://a/x, http://b.a/x, false",
    "mailto:x, mailto:x, false",
  })
  void knowsTheHostItsOwnerNamed(String a, String b, boolean expected) {
    assertThat(RedirectPolicy.sameHost(URI.create(a), URI.create(b))).isEqualTo(expected);
  }

  @Property(tries = 500)
  void followsOnlyToPlainWebUrls_whateverTheServerWrote(@ForAll String text) {
    for (String location : new String[] {text, "/" + text, "//" + text, "http://h/" + text}) {
      if (RedirectPolicy.next(FROM, location, 1, 5) instanceof Follow follow) {
        URI target = follow.target();
        assertThat(target.getScheme()).isIn("http", "https", "HTTP", "HTTPS");
        assertThat(target.getHost()).isNotBlank();
        assertThat(target.getRawUserInfo()).isNull();
        assertThat(target.getRawFragment()).isNull();
        assertThat(target.toString()).matches("[\\x21-\\x7e]+").doesNotContain("{{");
      }
    }
  }
}
