package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of hosts: which entry counts for which host, and every mistake with its line. */
class OriginListReaderTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private OriginList read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("origins.yaml"), text);
    return new OriginListReader(ListFiles.ENVIRONMENT::get, warning -> {}).read(file);
  }

  private List<String> problems(String text) {
    ProblemsException thrown =
        Assertions.catchThrowableOfType(ProblemsException.class, () -> read(text));
    assertThat(thrown).as("problems of %s", text).isNotNull();
    assertThat(thrown.code()).isEqualTo(FailureCode.CONFIGURATION);
    assertThat(thrown.problems())
        .extracting(Problem::file)
        .containsOnly(directory.resolve("origins.yaml").toString());
    return thrown.problems().stream().map(p -> p.line() + ": " + p.message()).toList();
  }

  @Test
  void fileThatMayBeAbsentSettlesNothing() {
    Path absent = directory.resolve("absent.yaml");
    OriginListReader reader = new OriginListReader(name -> null, warning -> {});

    assertThat(reader.readIfPresent(absent)).isEqualTo(OriginList.NONE);
    assertThatThrownBy(() -> reader.read(absent))
        .hasMessage(absent + ": expected a readable file, found none");
  }

  @Test
  void readsEveryKey() throws IOException {
    OriginList list =
        read(
            """
            origins:
              - host: Data.Example.org:8443
                connections: 2
                maxConnections: 8
                rate: 5MiB/s
                ranges: never
                proxy: http://u:{{env:TOKEN}}@proxy.test:3128
                headers:
                  Authorization: Bearer {{env:TOKEN}}
            """);
    String host = "data.example.org:8443";
    assertThat(list.connections(host)).isEqualTo(OptionalInt.of(2));
    assertThat(list.proxy(host)).hasToString("Optional[proxy.test:3128]");
    assertThat(list.proxy(host).orElseThrow().credentials())
        .isEqualTo("u:" + ListFiles.ENVIRONMENT.get("TOKEN"));
    assertThat(list.proxy("other.example.org:443")).isEmpty();
    assertThat(list.maxConnections(host, 16)).isEqualTo(8);
    assertThat(list.rates()).isEqualTo(Map.of(host, 5L << 20));
    assertThat(list.isWithoutRanges(host)).isTrue();
    assertThat(list.headers(host)).isEqualTo(Map.of("Authorization", "Bearer {{env:TOKEN}}"));
    assertThat(list.toString()).doesNotContain("s3cret");

    String other = "data.example.org:443";
    assertThat(list.connections(other)).isEmpty();
    assertThat(list.maxConnections(other, 16)).isEqualTo(16);
    assertThat(list.isWithoutRanges(other)).isFalse();
    assertThat(list.headers(other)).isEmpty();
  }

  @Test
  void warnsOfCredentialsThatAreWrittenOut() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("origins.yaml"),
            """
            origins:
              - host: a.test
                headers: {Cookie: s3cret, X-Project: climate}
              - host: b.test
                headers:
                  Authorization: Bearer s3cret
                  X-Api-Key: "{{env:TOKEN}}"
            """);
    List<String> warnings = new ArrayList<>();

    OriginList read =
        new OriginListReader(
                ListFiles.ENVIRONMENT::get, w -> warnings.add(w.line() + " " + w.message()))
            .read(file);

    assertThat(read.entries()).hasSize(2);
    assertThat(warnings)
        .containsExactly(
            "3 header 'Cookie': expected a credential by reference, {{env:NAME}} or"
                + " {{file:PATH}}, found it written out",
            "6 header 'Authorization': expected a credential by reference, {{env:NAME}} or"
                + " {{file:PATH}}, found it written out");
  }

  @Test
  void eachKeyComesFromTheMostSpecificEntryThatHasIt() throws IOException {
    OriginList list =
        read(
            """
            origins:
              - host: "*.example.org"
                connections: 1
                maxConnections: 4
                headers: { X-Team: all, X-Common: "1" }
              - host: "*.cdn.example.org"
                connections: 2
              - host: a.cdn.example.org
                headers: { x-team: a }
              - host: a.cdn.example.org:8080
                connections: 3
            """);
    assertThat(list.connections("b.example.org:80")).hasValue(1);
    assertThat(list.connections("b.cdn.example.org:80")).hasValue(2);
    assertThat(list.connections("a.cdn.example.org:80")).hasValue(2);
    assertThat(list.connections("a.cdn.example.org:8080")).hasValue(3);
    assertThat(list.maxConnections("a.cdn.example.org:80", 16)).isEqualTo(4);
    assertThat(list.headers("a.cdn.example.org:80"))
        .isEqualTo(Map.of("x-team", "a", "X-Common", "1"));
    assertThat(list.connections("example.org:80")).isEmpty();
    assertThat(list.connections("notexample.org:80")).isEmpty();
  }

  @Test
  void timeLimitsComeFromTheMostSpecificEntryThatHasThem() throws IOException {
    OriginList list =
        read(
            """
            origins:
              - host: "*.example.org"
                firstByteTimeout: 5m
                stallTimeout: 30s
                minSpeed: 100kB/s
              - host: tape.example.org
                stallTimeout: 1h
                minSpeed: 0
                minSpeedWindow: 10m
            """);
    assertThat(list.times("tape.example.org:443"))
        .isEqualTo(
            new OriginTimes(
                Optional.of(Duration.ofMinutes(5)),
                Optional.of(Duration.ofHours(1)),
                OptionalLong.of(0),
                Optional.of(Duration.ofMinutes(10))));
    assertThat(list.times("other.example.org:443").minBytesPerSecond()).hasValue(100_000);
    assertThat(list.times("example.com:443")).isEqualTo(OriginTimes.NONE);
  }

  @Test
  void hostMayHaveAsManyConnectionsAsArePinnedForOneTransfer() throws IOException {
    OriginList list = read("origins:\n- host: h\n  connections: 32\n");
    assertThat(list.maxConnections("h:80", 16)).isEqualTo(32);
    assertThat(list.maxConnections("other:80", 16)).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|1: expected the key 'origins', found nothing",
        "- host: h|1: expected the key 'origins', found a list",
        "{}|1: expected the key 'origins', found none",
        "{orgins: [], origins: []}|1: key 'orgins': did you mean 'origins'? Expected one of origins",
        "origins:|1: origins: expected a list ([] for none), found nothing",
        "origins: [x]|1: origin: expected a map with the key host, found text",
        "origins: [{rate: 5}]|1: host: expected the name of a host, found nothing",
        "origins: [{host: h, rats: 5}]|1: key 'rats': did you mean 'rate'? Expected one of"
            + " host, connections, maxConnections, rate, headers, ranges, proxy, caFile,"
            + " clientCertificate, clientKey, clientKeyPassword, firstByteTimeout, stallTimeout,"
            + " minSpeed, minSpeedWindow",
        "origins: [{host: h, clientKeyPassword: x}]|1: clientKeyPassword: expected"
            + " clientCertificate beside it",
        "origins: [{host: h, caFile: ca.pem}]|1: caFile 'ca.pem': expected an absolute path",
        "origins: [{host: h, clientCertificate: /nope.pem}]|1: clientCertificate '/nope.pem':"
            + " expected a readable file",
        "origins: [{host: h, proxy: 'socks5://p:1'}]|1: proxy: expected http://HOST:PORT of an"
            + " HTTP proxy, or none; found socks5",
        "origins: [{host: h, proxy: 'http://u:{{env:NOPE}}@p:1'}]|1: proxy: expected the"
            + " environment variable NOPE, it is not set",
        "origins: [{host: 'http://h/'}]|1: host 'http://h/': expected a name such as example.org,"
            + " *.example.org or example.org:8443",
        "origins: [{host: 'h:0'}]|1: host 'h:0': expected a name such as example.org,"
            + " *.example.org or example.org:8443",
        "origins: [{host: '*'}]|1: host '*': expected a name such as example.org, *.example.org or"
            + " example.org:8443",
        "origins: [{host: h, connections: 65}]|1: connections '65': expected a number of 1 to 64",
        "origins: [{host: h, maxConnections: 0}]|1: maxConnections '0': expected a number of 1 to"
            + " 1000",
        "origins: [{host: h, connections: 9, maxConnections: 8}]|1: connections '9': expected at"
            + " most the 8 of maxConnections",
        "origins: [{host: h, rate: fast}]|1: rate 'fast': expected bytes a second such as 500kB or"
            + " 8MiB, at most 1TiB, 0 for no limit",
        "origins: [{host: h, rate: 2TiB}]|1: rate '2TiB': expected bytes a second such as 500kB or"
            + " 8MiB, at most 1TiB, 0 for no limit",
        "origins: [{host: h, ranges: no}]|1: ranges 'no': expected never, or no such key",
        "origins: [{host: h, firstByteTimeout: 5}]|1: firstByteTimeout '5': expected 100ms to 1h,"
            + " found no unit such as s",
        "origins: [{host: h, stallTimeout: 2h}]|1: stallTimeout '2h': expected 100ms to 1h",
        "origins: [{host: h, minSpeed: slow}]|1: minSpeed 'slow': expected bytes a second such as"
            + " 500kB or 8MiB, at most 1TiB, 0 for no minimum",
        "origins: [{host: h, minSpeedWindow: 10ms}]|1: minSpeedWindow '10ms': expected 1s to 1d",
        "origins: [{host: h, headers: {Range: x}}]|1: header 'Range': expected another name, this"
            + " header is set by dromedary",
        "origins: [{host: h}, {host: H}]|1: host 'h': expected once, line 1 has it too",
      })
  void tellsLineAndExpectation(String yaml, String problem) {
    assertThat(problems(yaml)).containsExactly(problem);
  }

  @Test
  void secretOfAProxyIsTakenLiterally_andAWholeOneAsItIs() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "pa@s/s%41+:{");
    Path whole = Files.writeString(directory.resolve("whole"), "http://u:p%41@p.test:1");

    OriginList list =
        read(
            "origins: [{host: h, proxy: 'http://u:{{file:%s}}@p.test:1'}, {host: i, proxy: '{{file:%s}}'}]"
                .formatted(secret, whole));

    assertThat(list.proxy("h:80").orElseThrow().credentials()).isEqualTo("u:pa@s/s%41+:{");
    assertThat(list.proxy("i:80").orElseThrow().credentials()).isEqualTo("u:pA");
  }

  @Test
  void wildcardWithoutQuotesIsToldWhatItLacks() {
    assertThat(problems("origins:\n  - host: *.example.org\n"))
        .containsExactly("2: expected YAML, text that begins with '*' needs quotes");
  }

  @Test
  void everyMistakeIsTold() {
    assertThat(problems("origins:\n- host: h\n  rate: x\n- hots: h\n---\nx\n"))
        .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
        .containsExactly("3:", "4:", "4:", "6:");
  }
}
