package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings come from and what is told of mistakes in them. */
class SettingsReaderTest {

  private static final Path BASE = Path.of("/srv/dromedary");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("application.properties"), text);
  }

  private Settings read(String text, Map<String, String> overrides) throws IOException {
    return new SettingsReader(BASE, "1.2").read(write(text), overrides);
  }

  private static List<String> problems(Path file, Map<String, String> overrides) {
    ProblemsException thrown =
        Assertions.catchThrowableOfType(
            ProblemsException.class, () -> new SettingsReader(BASE, "1.2").read(file, overrides));
    assertThat(thrown).isNotNull();
    assertThat(thrown.code()).isEqualTo(FailureCode.CONFIGURATION);
    return thrown.problems().stream()
        .map(Problem::toString)
        .map(p -> p.replace(file.toString(), "FILE"))
        .toList();
  }

  @Test
  void letsTheCommandLineWinOverTheFileAndTheFileOverTheDefaults() throws IOException {
    Settings settings =
        read(
            "dromedary.transfer.concurrency=7\ndromedary.transfer.queue=8\n",
            Map.of("dromedary.transfer.queue", "9"));

    assertThat(settings.transfer()).isEqualTo(new Settings.Transfer(7, 9));
    assertThat(settings.part().connections()).isEqualTo(16);
  }

  @Test
  void resolvesPathsAgainstTheBase() throws IOException {
    Settings settings = read("dromedary.work=/var/w\ndromedary.landing=../land ing\n", Map.of());

    assertThat(settings.places())
        .isEqualTo(
            new Settings.Places(
                Path.of("/srv/dromedary/config/sources.yaml"),
                Path.of("/srv/dromedary/config/origins.yaml"),
                Path.of("/var/w"),
                Path.of("/srv/land ing")));
  }

  @Test
  void givesEveryKeyToCamelInPlainNumbers() throws IOException {
    Map<String, String> properties =
        read("dromedary.poll.interval=1m30s\ndromedary.limit.rate=2MiB\n", Map.of()).asProperties();

    assertThat(properties)
        .containsEntry("dromedary.poll.interval", "90000")
        .containsEntry("dromedary.limit.rate", "2097152")
        .containsEntry("dromedary.transfer.concurrency", "4")
        .containsEntry("dromedary.work", "/srv/dromedary/work")
        .containsEntry("dromedary.http.ca-file", "")
        .containsEntry("dromedary.http.user-agent", "dromedary/1.2")
        .containsEntry(
            "dromedary.delivery.uri",
            "file:/srv/dromedary/landing?fileExist=TryRename"
                + "&tempFileName=.${exchangeProperty.transferId}.landing&copyAndDeleteOnRenameFail=false")
        .hasSize(SettingKey.values().length);
  }

  @Test
  void takesBytesASecondAsTheyAreWrittenElsewhere() throws IOException {
    assertThat(
            read("dromedary.limit.rate=5MiB/s\ndromedary.http.min-speed = 2 kB/s\n", Map.of())
                .asProperties())
        .containsEntry("dromedary.limit.rate", "5242880")
        .containsEntry("dromedary.http.min-speed", "2000");
  }

  @Test
  void passesOtherKeysThroughUntouched() throws IOException {
    Settings settings =
        read("camel.main.name = x\nmine={{env:HOME}}\nmine={{b}}\n", Map.of("yours", "1"));

    assertThat(settings.passThrough())
        .isEqualTo(Map.of("camel.main.name", "x", "mine", "{{b}}", "yours", "1"));
  }

  @Test
  void tellsAllProblemsWithTheirPlace() throws IOException {
    Path file =
        write(
            """
            # one
            dromedary.transfer.concurency=4
            dromedary.part.\\
               chunk-size=8KiB
            dromedary.poll.every=1h
            dromedary.poll.every=2h
            dromedary.nonsense.that.is.near.nothing=1
            """);

    assertThat(problems(file, Map.of("dromedary.retry.tries", "many")))
        .containsExactly(
            "FILE:2: dromedary.transfer.concurency: expected a known key, did you mean"
                + " 'dromedary.transfer.concurrency'?",
            "FILE:3: dromedary.part.chunk-size '8KiB': expected a size of 16KiB to 16MiB",
            "FILE:6: dromedary.poll.every: expected once, line 5 has it too",
            "FILE:7: dromedary.nonsense.that.is.near.nothing: expected a known key",
            "command line: dromedary.retry.tries 'many': expected a number of 1 to 1000");
  }

  @Test
  void tellsThatAKeyIsNearlyOneOfOurs() throws IOException {
    Path file =
        write(
            """
            dromdary.landing=/x
            landing=/x
            DROMEDARY.work=/x
            my.bucket=b
            camel.main.name=c
            """);

    assertThat(problems(file, Map.of()))
        .containsExactly(
            "FILE:1: dromdary.landing: expected dromedary.landing",
            "FILE:2: landing: expected dromedary.landing",
            "FILE:3: DROMEDARY.work: expected dromedary.work");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"socks5://u:s3cret@p.test:1", "http://u:s3cret%40p.test:1", "u:s3cret", "p.test"})
  void proxyThatIsRefusedIsNotRepeated(String value) throws IOException {
    assertThat(problems(write(""), Map.of("dromedary.http.proxy", value)))
        .containsExactly(
            "command line: dromedary.http.proxy '…': expected environment, none, or"
                + " http://HOST:PORT of an HTTP proxy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "transfer.concurrency|0|a number of 1 to 1000",
        "transfer.concurrency|1001|a number of 1 to 1000",
        "transfer.concurrency|-1|a number of 1 to 1000",
        "part.chunk-size|17MiB|a size of 16KiB to 16MiB",
        "part.sync-bytes|1|a size of 1MiB to 1TiB",
        "poll.interval|10|a duration of 100ms to 1d, found no unit such as s",
        "limit.rate|2TiB/s|a rate of 0 to 1TiB",
        "limit.max-size|5MiB/s|a size of 0 to 1000000TiB",
        "poll.interval|0s|a duration of 100ms to 1d",
        "http.max-redirects|51|a number of 0 to 50",
        "http.guard|on|one of redirects, all, off",
        "http.guard-allow|10.0.0.0/33|host names, addresses and blocks such as 10.1.0.0/16 set"
            + " apart by commas, or nothing",
        "http.guard-allow|https://a.test|host names, addresses and blocks such as 10.1.0.0/16 set"
            + " apart by commas, or nothing",
        "work|~/w|a path without '?', '%', '{', '\\' and a leading '~'",
        "work|{{env:HOME}}/w|a path without '?', '%', '{', '\\' and a leading '~'",
        "landing|back\\slash|a path without '?', '%', '{', '\\' and a leading '~'",
        "landing|``|a path without '?', '%', '{', '\\' and a leading '~'",
        "http.user-agent|b\u00fct|printable ASCII without '{', or nothing",
        "delivery.uri|no uri|a Camel endpoint URI, or nothing",
      })
  void tellsTheAllowedRange(String key, String value, String expected) throws IOException {
    assertThat(problems(write(""), Map.of("dromedary." + key, value)))
        .containsExactly(
            "command line: dromedary." + key + " '" + value + "': expected " + expected);
  }

  @Test
  void refusesSettingsThatContradictEachOther() throws IOException {
    Path file = write("dromedary.retry.backoff=10m\ndromedary.landing=work/in\n");

    assertThat(problems(file, Map.of()))
        .containsExactly(
            "FILE:1: dromedary.retry.backoff '10m': expected at most"
                + " dromedary.retry.backoff-max, which is 5m",
            "FILE:2: dromedary.landing '/srv/dromedary/work/in': expected a directory outside"
                + " dromedary.work");
    assertThat(problems(write(""), Map.of("dromedary.work", "landing/w")))
        .containsExactly(
            "command line: dromedary.work '/srv/dromedary/landing/w': expected a directory outside"
                + " dromedary.landing, or .dromedary in it");
    assertThat(read("dromedary.work=landing/.dromedary/a", Map.of()).places().work())
        .isEqualTo(BASE.resolve("landing/.dromedary/a"));
  }

  @Test
  void needsTheFileUnlessToldOtherwise() {
    Path absent = directory.resolve("absent.properties");

    assertThat(problems(absent, Map.of()))
        .containsExactly("FILE: expected a readable file, found none");
    assertThat(
            new SettingsReader(BASE, "1.2")
                .readIfPresent(absent, Map.of("dromedary.retry.tries", "3"))
                .retry()
                .tries())
        .isEqualTo(3);
  }

  @Test
  void tellsWhatCannotBeDecoded() throws IOException {
    assertThat(problems(write("a=1\nb=\\u12x\n"), Map.of()))
        .containsExactly("FILE:2: expected four hexadecimal digits behind '\\u', found others");
    Path latin = directory.resolve("latin.properties");
    Files.write(latin, "a=\u00fc".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problems(latin, Map.of()))
        .containsExactly("FILE: expected UTF-8 text, found other bytes");
  }

  @Property(tries = 500)
  void readsPropertiesAsJavaDoes(@ForAll("propertyTexts") String text) throws IOException {
    Path file = Files.createTempFile("any", ".properties");
    try {
      Files.writeString(file, text);
      java.util.Properties expected = new java.util.Properties();
      expected.load(new java.io.StringReader(text));
      Map<String, String> stripped = new TreeMap<>();
      expected.forEach((k, v) -> stripped.put(k.toString(), v.toString().strip()));

      assertThat(new SettingsReader(BASE, "1").read(file, Map.of()).passThrough())
          .isEqualTo(stripped);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> propertyTexts() {
    return Arbitraries.of(
            "a", "b", "=", ":", " ", "\n", "\r\n", "\\", "\\\n", "\\\\\n", "#", "!", "\t",
            "\\u0041", "\n\n", "\n  # ", "\f")
        .list()
        .ofMaxSize(25)
        .map(pieces -> String.join("", pieces) + "\n")
        .filter(text -> !text.matches("(?s).*\\\\u(?![0-9A-Fa-f]{4}).*"));
  }
}
