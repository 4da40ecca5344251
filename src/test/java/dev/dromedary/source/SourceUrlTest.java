package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A URL goes over the wire as it was written, or not at all. */
class SourceUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a%2fb%2F%20?x=%3a+&y=[1]",
        "https://h:8443/a/../b//c;p=1",
        "http://[::1]:80/x",
        "http://127.0.0.1/",
        "http://h?q",
        "http://h",
        "http://xn--bcher-kva.example/x@y:z!$&'()*+,;=~"
      })
  void keepsEveryByte(String url) {
    assertThat(SourceUrl.parse(url)).hasToString(url);
  }

  @Test
  void cutsTheFragmentAndLowersTheScheme() {
    assertThat(SourceUrl.parse("HTTPS://H/A?b#c[d]#e")).hasToString("https://H/A?b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "h/x|expected an absolute URL that begins with http:// or https://",
        "|expected an absolute URL that begins with http:// or https://",
        "file:///etc/passwd|expected scheme http or https, found 'file'",
        "http:/h/x|expected a host behind '//', found none",
        "http:///x|expected a host behind '//', found none",
        "http://{{env:HOME}}/x|expected a literal URL, found '{{'",
        "http://h/x#{{env:HOME}}|expected a literal URL, found '{{'",
        "http://my_host/x|found '_' in the host name, expected letters, digits, '-' and '.'",
        "http://h/a[1]|found a bracket in the path, expected %5B for '[' and %5D for ']'",
        "http://h/a b|expected %20, found a space at character 11",
        "http://h/a\u00e9|expected %C3%A9, found '\u00e9' at character 11",
        "http://h/a^b|expected %5E, found '^' at character 11",
        "http://h/a%2|expected two hexadecimal digits behind '%' at character 11",
        "http://h/a%zz|expected two hexadecimal digits behind '%' at character 11",
        "http://h/\u0007x|found the control character U+0007",
        "http://h:0/|expected a port of 1 to 65535, found 0",
        "http://h:65536/|expected a port of 1 to 65535, found 65536",
        "http://-h-/x|expected a host name or address, found '-h-'",
        "http://h:port/x|expected a host name or address, found 'h:port'",
      },
      delimiter = '|')
  void tellsWhatWasExpected(@org.jspecify.annotations.Nullable String url, String message) {
    String text = url == null ? "" : url;
    assertThatThrownBy(() -> SourceUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "url '" + text.split("#", 2)[0] + (text.contains("#") ? "?…" : "") + "': " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:s3cret@h/x",
        "http://user:a/s3cret@h/x",
        "http://user:a?s3cret@h/x",
        "http://h/a b?sig=s3cret",
        "http://h/a b?mail=x@s3cret",
        "ftp://s3cret@h/x",
        "http://h/a b#s3cret"
      })
  void keepsCredentialsOutOfItsMessages(String url) {
    assertThatThrownBy(() -> SourceUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void pointsToHeaders_whenTheUrlHoldsCredentials() {
    assertThatThrownBy(() -> SourceUrl.parse("http://u:p@h/x"))
        .hasMessage(
            "url '…@h/x': found credentials, expected them in a header (in a list under 'headers', for"
                + " get by --header): Authorization: Basic, then user:password in base64");
  }

  @Test
  void refusesAUrlNoServerTakes() {
    assertThatThrownBy(() -> SourceUrl.parse("http://h/" + "a".repeat(SourceUrl.MAX_LENGTH)))
        .hasMessageEndingWith("expected at most 16384 characters");
  }
}
