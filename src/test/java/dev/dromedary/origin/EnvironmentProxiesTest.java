package dev.dromedary.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

  private static final String BOTH = "https_proxy=tls.test:1 http_proxy=plain.test:2 no_proxy=";

  @ParameterizedTest
  @CsvSource({
    "https_proxy=a:1, https://h.test/, a:1",
    "https_proxy=a:1, http://h.test/, none",
    "HTTPS_PROXY=a:1, https://h.test/, a:1",
    "http_proxy=a:1, http://h.test/, a:1",
    "http_proxy=a:1, https://h.test/, none",
    "HTTP_PROXY=a:1, http://h.test/, none",
    "all_proxy=a:1, http://h.test/, a:1",
    "ALL_PROXY=a:1, https://h.test/, a:1",
    "https_proxy=a:1 all_proxy=b:1, https://h.test/, a:1",
    "https_proxy=a:1 HTTPS_PROXY=b:1, https://h.test/, a:1",
    "https_proxy=none all_proxy=b:1, https://h.test/, none",
    "https_proxy= all_proxy=b:1, https://h.test/, b:1",
    "OTHER=1, https://h.test/, none"
  })
  void variablesAreReadAsOtherProgramsDo(String environment, URI url, String expected) {
    assertThat(proxy(environment, url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "h.test, https://h.test/, none",
    "h.test, https://a.h.test/, none",
    ".h.test, https://h.test/, none",
    "*.h.test, https://a.h.test/, none",
    "H.Test, https://h.tesT/, none",
    "h.test, https://h.test./, none",
    ".h.test., https://a.h.test/, none",
    "h.test, https://oh.test/, tls.test:1",
    "h.test, https://h.test.evil/, tls.test:1",
    "h.test:443, https://h.test/, none",
    "h.test:443, http://h.test/, plain.test:2",
    "h.test:8443, https://h.test/, tls.test:1",
    "*, http://h.test/, none",
    "10.1.0.0/16, http://10.1.2.3/, none",
    "10.1.0.0/16, http://10.2.2.3/, plain.test:2",
    "10.1.2.3, http://10.1.2.3:99/, none",
    "10.1.2.3:99, http://10.1.2.3:99/, none",
    "10.1.2.3:99, http://10.1.2.3:98/, plain.test:2",
    "fd00::/8, 'http://[fd00::1]/', none",
    "[fd00::1], 'http://[fd00::1]/', none",
    "10.1.0.0/99, http://10.1.2.3/, plain.test:2",
    "'', http://localhost/, none",
    "'', http://127.9.9.9:8080/, none",
    "'', 'http://[::1]:8080/', none"
  })
  void exceptionsAndThisMachineAreAskedThemselves(String exceptions, URI url, String expected) {
    assertThat(proxy(BOTH + exceptions, url)).isEqualTo(expected);
    assertThat(proxy(BOTH + "first.test,, " + exceptions, url)).isEqualTo(expected);
    assertThat(proxy(BOTH.replace("no_proxy", "NO_PROXY") + exceptions, url)).isEqualTo(expected);
  }

  @Test
  void variableThatIsNoHttpProxyIsNamed() {
    Map<String, String> environment = Map.of("all_proxy", "socks5h://u:s3cret@proxy.test:1080");

    assertThatThrownBy(() -> EnvironmentProxies.read(environment::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "environment variable all_proxy: expected http://HOST:PORT of an HTTP proxy, or none;"
                + " found socks5h");
  }

  private static String proxy(String environment, URI url) {
    int list = environment.toLowerCase(Locale.ROOT).indexOf("no_proxy=");
    String fixed = list < 0 ? environment : environment.substring(0, list);
    Map<String, String> variables =
        Stream.of(fixed.trim().split(" "))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    if (list >= 0) {
      variables.put(environment.substring(list, list + 8), environment.substring(list + 9));
    }
    AskedServer server =
        AskedServer.of(new HttpHost(url.getScheme(), url.getHost(), url.getPort()));
    return EnvironmentProxies.read(variables::get).of(server).toString();
  }
}
