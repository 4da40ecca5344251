package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.app.LiveTree;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.flow.ForwardProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxy of a user's environment and of the command line; hosts that only the proxy knows. */
class ProxyIT extends ProgramFixture {

  private static final String AUTHORIZATION = "Basic dXNlcjpzM2NyM3Q=";

  private final ForwardProxy proxy = ForwardProxy.start();
  private final GeneratedContent content = new GeneratedContent(1, 300_000);

  @AfterEach
  void closeProxy() throws IOException {
    proxy.close();
  }

  @Test
  void environmentNamesTheProxy_whosePasswordIsNowhereToBeSeen() throws IOException {
    proxy.expect(AUTHORIZATION);
    Map<String, String> environment =
        Map.of("http_proxy", "http://user:s3cr3t@" + proxy.address() + "/");

    Child child =
        start(environment, List.of("get", served(), "--to", "in", "--debug")).requireExit(0, LIMIT);

    assertThat(content.matches(directory.resolve("in/a.bin"))).isTrue();
    assertThat(child.err()).contains("proxy=\"" + proxy.address() + "\"");
    assertThat(child.out() + child.err()).doesNotContain("s3cr3t", AUTHORIZATION);
    for (Path file : LiveTree.files(directory.resolve("in"))) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("s3cr3t");
    }
  }

  @Test
  void commandLineTakesThePlaceOfTheEnvironment() throws IOException {
    Map<String, String> environment = Map.of("http_proxy", "http://127.0.0.1:1");
    String named = "http://" + proxy.address();

    start(environment, List.of("get", served(), "--to", "in", "--proxy", named))
        .requireExit(0, LIMIT);

    assertThat(proxy.heads("GET " + served())).isNotEmpty();
  }

  @Test
  void thisMachineIsAskedItself_whateverTheEnvironmentSays() throws IOException {
    origin.put(Resource.of("/a.bin", content));
    Map<String, String> environment = Map.of("all_proxy", "http://" + proxy.address());

    start(environment, List.of("get", origin.uri("/a.bin").toString(), "--to", "in"))
        .requireExit(0, LIMIT);

    assertThat(proxy.heads()).isEmpty();
  }

  @Test
  void environmentThatIsNoUseEndsTheStart_withWhatToDo() throws IOException {
    Map<String, String> environment = Map.of("all_proxy", "socks5h://user:s3cr3t@127.0.0.1:1");
    List<String> get = List.of("get", served(), "--to", "in");

    Child refused = start(environment, get).requireExit(2, LIMIT);
    Child check = start(environment, List.of("check")).requireExit(2, LIMIT);

    for (Child child : List.of(refused, check)) {
      assertThat(child.out() + child.err())
          .contains("environment variable all_proxy: expected http://HOST:PORT", "socks5h")
          .contains("dromedary.http.proxy=none")
          .doesNotContain("s3cr3t");
    }
    assertThat(directory.resolve("in")).doesNotExist();
  }

  @Test
  void valueThatIsNoProxyIsRefusedByTheCommandLine() throws IOException {
    Child child =
        start("get", served(), "--to", "in", "--proxy", "socks5://u:s3cr3t@127.0.0.1:1")
            .requireExit(2, LIMIT);

    assertThat(child.err()).contains("--proxy", "found socks5").doesNotContain("s3cr3t");
  }

  private String served() {
    origin.put(Resource.of("/a.bin", content));
    return "http://files.invalid:" + origin.port() + "/a.bin";
  }
}
