package dev.dromedary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in where the console has a password file, and what that file may hold. */
class AuthenticationTest extends ConsoleFixture {

  private static final String PASSWORD = "correct: horse ıİ 🐪";

  @Override
  ConsoleSettings settings() {
    try {
      Path file = Files.createTempFile("users", ".txt");
      String line = PasswordFile.line("ada", PASSWORD.toCharArray(), new SecureRandom());
      Files.writeString(file, "# operators\n\n" + line + "\n");
      file.toFile().deleteOnExit();
      return new ConsoleSettings("127.0.0.1", 0, Set.of("console.example"), file, null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void knownUserGetsIn_againAndAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(get("/metrics", credentials("ada", PASSWORD)).status()).isEqualTo(200);
    }
    assertThat(get("/", credentials("ada", PASSWORD), "Host: console.example").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"ada, wrong", "ada, ''", "eve, wrong", "'', ''", "ADA, wrong"})
  void nobodyElseGetsIn(String name, String password) {
    Answer answer = get("/", credentials(name, password));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Basic");
    assertThat(answer.body()).doesNotContain(password.isEmpty() ? "ada" : password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer x",
        "Authorization: Basic %%%",
        "Authorization: Basic",
        "X: y"
      })
  void headerThatIsNoPasswordIsRefused(String header) {
    for (String path :
        new String[] {"/", "/metrics", "/jolokia/version", "/console.js", "/absent"}) {
      assertThat(get(path, header).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void wrongPasswordAfterTheRightOneIsStillWrong() {
    assertThat(get("/", credentials("ada", PASSWORD)).status()).isEqualTo(200);
    assertThat(get("/", credentials("ada", PASSWORD + "x")).status()).isEqualTo(401);
  }

  @Test
  void probesNeedNoPassword() {
    assertThat(get("/health/live").status()).isEqualTo(200);
    assertThat(get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void lineDoesNotHoldThePassword_andDiffersEachTime() {
    SecureRandom random = new SecureRandom();
    String first = PasswordFile.line("ada", "secret".toCharArray(), random);
    assertThat(first).startsWith("ada:pbkdf2-sha256:600000:").doesNotContain("secret");
    assertThat(PasswordFile.line("ada", "secret".toCharArray(), random)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nobody",
        "ada",
        "ada:secret",
        "ada:pbkdf2-sha256:1000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "ada:pbkdf2-sha256:600000:AA==:AA==",
        "a b:pbkdf2-sha256:600000:AAAA:AAAA"
      })
  void fileThatLetsNobodyInOrAnybodyIsRefused_withoutRepeatingIt(
      String text, @TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("users"), text);
    assertThatThrownBy(() -> PasswordFile.read(file))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("console-password")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "example.org", "127.0.0.1.example.org"})
  void otherAddressThanLoopbackDemandsPasswords(String bind) {
    assertThatThrownBy(() -> new ConsoleSettings(bind, 0, Set.of(), null, null, null))
        .hasMessageContaining("password file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost", "0:0:0:0:0:0:0:1"})
  void loopbackDemandsNone(String bind) {
    assertThat(ConsoleSettings.isLoopback(bind)).isTrue();
  }

  private static String credentials(String name, String password) {
    byte[] both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(both);
  }
}
