package dev.dromedary.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyServerTest {

  @ParameterizedTest
  @CsvSource({
    "http://proxy.test:3128, proxy.test:3128, ''",
    "HTTP://Proxy.Test:3128/, proxy.test:3128, ''",
    "proxy.test:3128, proxy.test:3128, ''",
    "10.0.0.1:8080, 10.0.0.1:8080, ''",
    "http://[::1]:8080, [::1]:8080, ''",
    "http://u:p@proxy.test:1, proxy.test:1, u:p",
    "u:p@proxy.test:1, proxy.test:1, u:p",
    "http://u@proxy.test:1, proxy.test:1, u:",
    "http://u:a+b%40%3A%C3%A9@proxy.test:65535, proxy.test:65535, u:a+b@:é",
    "my_proxy:3128, my_proxy:3128, ''",
    "http://u:p@ss^|[w@proxy.test:1, proxy.test:1, u:p@ss^|[w",
    "'http://[fe80::1%eth0]:1', '[fe80::1%eth0]:1', ''",
    "none, none, ''"
  })
  void readsWhatIsWritten_andNeverShowsCredentials(String text, String shown, String credentials) {
    ProxyServer proxy = ProxyServer.parse(text);

    assertThat(proxy).hasToString(shown);
    assertThat(proxy.credentials()).isEqualTo(credentials);
    assertThat(proxy.isNone()).isEqualTo(text.equals("none"));
  }

  /** Source: RFC 7617 §2. */
  @Test
  void credentialsAreSentAsBasic() {
    assertThat(ProxyServer.parse("http://Aladdin:open%20sesame@proxy.test:1").authorization())
        .contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assertThat(ProxyServer.parse("http://proxy.test:1").authorization()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "https://s3cret@proxy.test:1|found https",
        "socks5h://proxy.test:1|found socks5h",
        "s3cret://proxy.test:1|found another scheme",
        "proxy.test|found no host with a port",
        "http://s3cret@proxy.test|found no host with a port",
        "http://proxy.test:0|found no host with a port",
        "http://proxy.test:65536|found no host with a port",
        "http://s3cret@proxy.test:1/path|found no host with a port",
        "http://s3cret@proxy.test:1?q=s3cret|found no host with a port",
        "http://u:s3/cret@proxy.test:1|found no host with a port",
        "http://u:s3cret%zz@proxy.test:1|found credentials that are not written as %XX",
        "http://u:s3cret%0d%0aX@proxy.test:1|found a control character",
        "None|found no host with a port",
        "``|found no"
      })
  void refusesTheRest_withoutRepeatingIt(String text, String found) {
    assertThatThrownBy(() -> ProxyServer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected http://HOST:PORT of an HTTP proxy, or none; " + found)
        .message()
        .doesNotContain("s3cret");
  }
}
