package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every problem is told with its line, what was found and what was expected. */
class SourceListProblemsTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @ParameterizedTest(name = "[{index}]")
  @MethodSource("badLists")
  void tellsLineAndExpectation(String yaml, List<String> expected) throws IOException {
    assertThat(ListFiles.problems(directory, "list.yaml", yaml)).isEqualTo(expected);
  }

  static Stream<Arguments> badLists() {
    return Stream.concat(badDocuments(), badSources());
  }

  private static Stream<Arguments> badDocuments() {
    return Stream.of(
        bad("", "1: the list: expected the key 'sources', found nothing"),
        bad("# c\n", "1: the list: expected the key 'sources', found nothing"),
        bad("- url: http://h/x", "1: the list: expected the key 'sources', found a list"),
        bad("\nword", "2: the list: expected the key 'sources', found text"),
        bad("defaults: {}", "1: the list: expected the key 'sources', found none"),
        bad("sources:\n", "1: sources: expected a list ([] for none), found nothing"),
        bad("sources: {}", "1: sources: expected a list ([] for none), found a map"),
        bad("sources: [x]", "1: source: expected a map with the key url, found text"),
        bad("sources: []\n---\nsources: []", "3: the list: expected one document, found a second"),
        bad("sources: []\nsources: []", "2: key 'sources': expected once, line 1 has it too"),
        bad("sources: []\ndefaults: {}", "2: defaults: expected above 'sources', found below"),
        bad("defaults: 5\nsources: []", "1: defaults: expected a map, found text"),
        bad(
            "sorces: []\nsources: []",
            "1: key 'sorces': did you mean 'sources'? Expected one of defaults, sources"),
        bad(
            "defaults:\n  url: http://h/x\nsources: []",
            "2: key 'url': expected one of digestFrom, every, cron, zone, headers, connections, rate,"
                + " allowUnknownLength, allowContentEncoding, contentType, minSize, maxSize, magic, maxShrink"),
        bad(
            "sources:\n  - url: http://h/x\n   every: 1h",
            "3: expected YAML, found a line indented differently from those of the same block"),
        bad(
            "sources:\n  - url: http://h/x\n - url: http://h/y",
            "3: expected YAML, found a line indented differently from those of the same block"),
        bad(
            "sources: []\n- url: http://h/y",
            "2: expected YAML, found an item of a list among keys"),
        bad(
            "sources: [{url: 'http://h/x'}\nc: d",
            "2: expected YAML, found <scalar> in place of ',' or ']'"),
        bad(
            "sources:\n- url: 'http://h/x' y",
            "2: expected YAML, found '<scalar>' in place of <block end>"),
        bad("sources:\n- url: a: b", "2: expected YAML, mapping values are not allowed here"),
        bad(
            "sources:\n- url: http://h/x\n  every: \"1h",
            "3: expected YAML, found unexpected end of stream"),
        bad(
            "sources:\n\t- x",
            "2: expected YAML, found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation)"),
        bad("sources: []\n# \u0001", "2: expected printable text, found U+0001"));
  }

  private static Stream<Arguments> badSources() {
    return Stream.of(
        bad("sources:\n  - to: x", "2: url: expected the URL of the file, found nothing"),
        bad("sources:\n  -\n", "2: source: expected a map with the key url, found nothing"),
        source(
            "conections: 2",
            "3: key 'conections': did you mean 'connections'? Expected one of id, url, urls, to,"
                + " digest, size, digestFrom, every, cron, zone, headers, connections, rate,"
                + " allowUnknownLength, allowContentEncoding, contentType, minSize, maxSize, magic, maxShrink"),
        source(
            "contentTyp: text/*",
            "3: key 'contentTyp': did you mean 'contentType'? Expected one of id, url, urls, to,"
                + " digest, size, digestFrom, every, cron, zone, headers, connections, rate,"
                + " allowUnknownLength, allowContentEncoding, contentType, minSize, maxSize, magic, maxShrink"),
        source(
            "contentType: zip",
            "3: contentType 'zip': expected a content type such as application/zip or text/*"),
        source(
            "contentType: '*/zip'",
            "3: contentType '*/zip': expected a content type such as application/zip or text/*"),
        source("contentType: {a: b}", "3: contentType: expected text, found a map"),
        source(
            "minSize: big",
            "3: minSize: size 'big': expected a number of bytes such as 4096, 500kB or 8MiB"),
        source(
            "minSize: 2\n    maxSize: 1",
            "4: maxSize: expected at least minSize, found 1 bytes below 2"),
        source("size: 5\n    maxSize: 4", "3: size: expected within minSize and maxSize, found 5"),
        source(
            "digestFrom: .sha384",
            "3: digestFrom '.sha384': expected a digest file of md5, sha-1, sha-256 or sha-512,"
                + " found one of sha384"),
        source(
            "digestFrom: '{{env:HOME}}'",
            "3: digestFrom '{{env:HOME}}': expected a literal URL, found '{{'"),
        source("digestFrom: [a, b]", "3: digestFrom: expected text, found a list"),
        source(
            "digestFrom: 'ftp://u:s3cret@h/SHA256SUMS?x=s3cret'",
            "3: digestFrom: url '…@h/SHA256SUMS?…': expected scheme http or https, found 'ftp'"),
        bad(
            "defaults:\n  digestFrom: .md5\nsources:\n- url: http://h/\n  to: x",
            "4: digestFrom '.md5': expected a URL that ends in a file name for a suffix, found none"),
        source("maxShrink: 0.5", "3: maxShrink '0.5': expected a percentage of 0% to 100%"),
        source("maxShrink: 101%", "3: maxShrink '101%': expected a percentage of 0% to 100%"),
        source("url: http://h/y", "3: key 'url': expected once, line 2 has it too"),
        source("urls: [http://h/y]", "3: url and urls: expected one of them, found both"),
        source("id: ''", "3: id: expected text, found nothing"),
        source("id: ' '", "3: id ' ': expected 1 to 1024 printable characters"),
        source("id: \"a\\nb\"", "3: id 'a\\u000Ab': expected 1 to 1024 printable characters"),
        source("id: [a]", "3: id: expected text, found a list"),
        source("to: ../x", "3: target '../x': expected no segment of dots alone, found '..'"),
        source("to: ' '", "3: target ' ': expected a name between any two '/', found blanks alone"),
        bad(
            "sources:\n- url: http://h/x\n- url: http://h/%E2%80%83\n",
            "3: target '\u2003': expected a name between any two '/', found blanks alone"),
        source(
            "size: big", "3: size 'big': expected a number of bytes such as 4096, 500kB or 8MiB"),
        source("size: -1", "3: size '-1': expected a number of bytes such as 4096, 500kB or 8MiB"),
        source("connections: 0", "3: connections '0': expected a number of 1 to 64"),
        source("connections: 65", "3: connections '65': expected a number of 1 to 64"),
        source("allowUnknownLength: yes", "3: allowUnknownLength 'yes': expected true or false"),
        source("every: 0s", "3: every '0s': expected 1ms to 3650d"),
        source(
            "every: hourly",
            "3: every: duration 'hourly': expected numbers with units such as 250ms, 5s or 1h30m"),
        source(
            "every: " + "1s".repeat(40),
            "3: every '" + "1s".repeat(40) + "': expected at most 64 characters"),
        source(
            "cron: 30 2 * * *",
            "3: cron '30 2 * * *': expected Quartz's 6 or 7 fields, which begin with seconds"
                + " (second minute hour day month weekday [year]), found 5, did you mean"
                + " '0 30 2 * * ?'?"),
        source(
            "cron: 30 2 1 * 1",
            "3: cron '30 2 1 * 1': expected Quartz's 6 or 7 fields, which begin with seconds"
                + " (second minute hour day month weekday [year]), found 5; other than a"
                + " crontab, Quartz goes by the day or by the weekday, never by both"),
        source(
            "cron: 0 30 2 * * *",
            "3: cron '0 30 2 * * *': expected ? for one of day and weekday, did you mean"
                + " '0 30 2 * * ?'?"),
        source(
            "cron: 0 30 2 * * 1",
            "3: cron '0 30 2 * * 1': expected ? for one of day and weekday, did you mean"
                + " '0 30 2 ? * MON' (0 for Sunday) or '0 30 2 ? * SUN' (1 for Sunday)?"),
        source(
            "cron: 0 30 2 ? * 0",
            "3: cron '0 30 2 ? * 0': expected 1 (Sunday) to 7 or SUN to SAT for the weekday,"
                + " found '0', did you mean '0 30 2 ? * SUN' (0 for Sunday)?"),
        source(
            "cron: 0 0 25 * * *",
            "3: cron '0 0 25 * * *': expected 0 to 23 for the hour, found '25'"),
        source(
            "cron: 0 0 25 * * ?",
            "3: cron '0 0 25 * * ?': expected 0 to 23 for the hour, found '25'"),
        source(
            "cron: 0 0 2 * L ?",
            "3: cron '0 0 2 * L ?': expected 1 to 12 or JAN to DEC for the month, found 'L'"),
        source(
            "cron: 0 0 0 30 2 ?",
            "3: cron '0 0 0 30 2 ?': expected a time that exists, found one that never comes"),
        source(
            "every: 1h\n    cron: 0 0 2 * * ?",
            "4: every and cron: expected one of them, found both"),
        source("zone: UTC", "3: zone: expected beside a cron only, found no cron"),
        source(
            "every: 1h\n    cron: 0 0 2 * * ?\n    zone: UTC",
            "4: every and cron: expected one of them, found both"),
        source(
            "cron: 0 0 0 30 2 ?\n    zone: Europe/Berlin",
            "3: cron '0 0 0 30 2 ?': expected a time that exists, found one that never comes"),
        source(
            "cron: 0 0 0 30 2 ?\n    zone: Europe/Berlni",
            "3: cron '0 0 0 30 2 ?': expected a time that exists, found one that never comes",
            "4: zone 'Europe/Berlni': expected one such as Europe/Berlin or UTC, did you mean"
                + " 'Europe/Berlin'?"),
        bad(
            "defaults:\n  cron: 0 0 0 30 2 ?\nsources:\n- url: http://h/x\n  zone: UTC",
            "2: cron '0 0 0 30 2 ?': expected a time that exists, found one that never comes"),
        source(
            "cron: 0 0 2 * * ?\n    zone: Europe/Berlni",
            "4: zone 'Europe/Berlni': expected one such as Europe/Berlin or UTC, did you mean"
                + " 'Europe/Berlin'?"),
        source(
            "digest: sha-256=12",
            "3: digest sha-256=12: expected 64 hexadecimal digits, found 2 characters"),
        source(
            "digest:\n    - md5=" + "0".repeat(32) + "\n    - crc=1",
            "5: digest algorithm 'crc': expected one of md5, sha-1, sha-256, sha-512"),
        source(
            "digest: [md5=" + "0".repeat(32) + ", md5=" + "1".repeat(32) + "]",
            "3: digest: expected one md5, found more than one"),
        source("headers: x", "3: headers: expected a map, found text"),
        source(
            "headers:\n      X: 1\n      Range: bytes=0-",
            "5: header 'Range': expected another name, this header is set by dromedary"),
        source("headers:\n      X: 1\n      x: 2", "5: key 'x': expected once, line 4 has it too"),
        source(
            "headers: {a b: c}",
            "3: header 'a b': expected a header name of letters, digits and '-'"),
        source("headers: {X: [1]}", "3: X: expected text, found a list"),
        source(
            "headers: {X: '{{env:NONE}}'}",
            "3: header 'X': expected the environment variable NONE, it is not set"),
        source(
            "headers: {X: 'Bearer {{env:EMPTY}}'}",
            "3: header 'X': expected the environment variable EMPTY, it is empty"),
        source(
            "headers: {X: '{{TOKEN}}'}",
            "3: header 'X': expected only references of the form {{env:NAME}} or {{file:PATH}}"),
        source(
            "headers: {X: '{{file:token}}'}",
            "3: header 'X': {{file:token}}: expected an absolute path"),
        source(
            "headers: {X: '{{file:/absent/token}}'}",
            "3: header 'X': {{file:/absent/token}}: expected a file, found none"),
        source(
            "headers: {X: '{{env:BROKEN}}'}",
            "3: header 'X': expected one line, found a line break in its value"),
        source(
            "headers: {X: \"s3cr\u00e9t\"}",
            "3: header 'X': expected ASCII, found U+00E9 in its value"),
        bad(
            "sources:\n- url: http://h/x\n  headers: &a {X: y}\n- url: http://h/y\n  headers: *a",
            "5: alias, a value that begins with '*': expected a value; one that is meant to begin so"
                + " needs quotes, what is shared stands under defaults"),
        bad(
            "sources:\n- urls:\n  - http://h/x\n  - ftp://h/y\n  - [z]",
            "4: url 'ftp://h/y': expected scheme http or https, found 'ftp'",
            "5: urls: expected text, found a list"),
        bad(
            "sources:\n- url: http://h/\n",
            "2: the URL names no file: expected a target, found none (YAML key 'to')"),
        bad(
            "sources:\n- id: a\n  url: http://h/x\n- id: a\n  url: http://h/y",
            "4: id 'a': expected a unique id, line 2 has it too"),
        bad(
            "sources:\n- url: http://h/x\n- id: b\n  url: http://h/x",
            "3: target 'x': expected a target of its own, line 2 has it too; give one of them"
                + " another 'to'"),
        bad(
            "sources:\n- url: http://h/ILK\n- url: http://h/y\n  to: ilk",
            "4: target 'ilk': expected a target of its own, line 2 has 'ILK'; give one of them"
                + " another 'to'"),
        bad(
            "sources:\n- url: http://h/a\n- url: http://h/y\n  to: A/b/c",
            "4: target 'A/b/c': expected a target of its own, line 2 has the file 'a'; give one"
                + " of them another 'to'"),
        bad(
            "sources:\n- url: http://h/y\n  to: a/b/c\n- url: http://h/z\n  to: a/b",
            "5: target 'a/b': expected a target of its own, line 3 needs it as a directory; give"
                + " one of them another 'to'"));
  }

  @Test
  void tellsAllProblemsAtOnce_inTheOrderOfTheirLines() throws IOException {
    List<String> problems =
        ListFiles.problems(
            directory,
            "list.yaml",
            "defaults:\n  connections: 99\nsources:\n- to: /x\n  size: z\n- url: http://h/y\n  q: 1\n");

    assertThat(problems)
        .extracting(p -> p.substring(0, 2))
        .containsExactly("2:", "4:", "4:", "5:", "7:");
  }

  @Test
  void namesBothLinesAndTheRemedy_whenTwoUrlsOfAPlainListEndAlike() throws IOException {
    assertThat(
            ListFiles.problems(
                directory, "l.txt", "# two\nhttp://a/x\n\nhttp://b/x\nftp://c/d\nhttp://h/\n"))
        .containsExactly(
            "4: target 'x': expected a target of its own, line 2 has it too; use the YAML form and"
                + " give one of them a 'to'",
            "5: url 'ftp://c/d': expected scheme http or https, found 'ftp'",
            "6: the URL names no file: expected a target, found none (YAML key 'to')");
  }

  @Test
  void tellsALineThatIsThereTwice_onceAndAsThat() throws IOException {
    assertThat(
            ListFiles.problems(
                directory, "l.txt", "http://a/x\n # c\n http://a/x \nftp://c\nftp://c\n"))
        .containsExactly(
            "3: expected each line once, line 1 is the same; remove one of them",
            "4: url 'ftp://c': expected scheme http or https, found 'ftp'",
            "5: expected each line once, line 4 is the same; remove one of them");
  }

  @Test
  void tellsThatAUrlStandsAloneInAPlainList() throws IOException {
    assertThat(ListFiles.problems(directory, "l.txt", "http://a/x # c\nhttp://a/y\tout=z\n"))
        .hasSize(2)
        .allMatch(problem -> problem.contains("expected a URL alone, found more behind a space"));
  }

  @Test
  void takesNoEmptyPlainList_becauseHalfWrittenFilesAreEmpty() throws IOException {
    assertThat(ListFiles.problems(directory, "l.txt", "\n"))
        .containsExactly("0: the list: expected one URL a line, found nothing");
  }

  @Test
  void recognisesYamlInAPlainList() throws IOException {
    assertThat(ListFiles.problems(directory, "l.txt", "# c\nsources:\n - url: http://h/x\n"))
        .containsExactly("2: expected a URL, found YAML: name the file .yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\\n}|3: expected ']', found '}'",
        "[{`a`: }]}|2: expected a value, found '}'",
        "[],}|2: expected double-quote to start field name, found '}'",
        "[{`a` 1}]}|2: expected a colon to separate field name and value, found '1'",
        "[{`a`: tru}]}|2: expected text in quotes, a number, true, false or null, found another word",
        "[{`a`: 1|2: expected the rest of it, found its end",
        "[{`a`: 01}]}|2: expected valid syntax, Invalid numeric value: Leading zeroes not allowed",
      })
  void tellsTheLineOfJsonSyntax_andWhatIsFoundThere(String sources, String problem)
      throws IOException {
    String json = "{\n\"sources\": " + sources.replace("\\n", "\n").replace('`', '"');

    assertThat(ListFiles.problems(directory, "l.json", json)).containsExactly(problem);
  }

  @Test
  void tellsTheLineOfBytesThatAreNotUtf8() throws IOException {
    for (String name : List.of("l.yaml", "l.txt", "l.json")) {
      Path file = directory.resolve(name);
      Files.write(file, "# one\n# tw\u00f6\n".getBytes(StandardCharsets.ISO_8859_1));

      assertThat(ListFiles.problems(file))
          .as(name)
          .contains("2: expected UTF-8 text, found other bytes");
    }
  }

  @Test
  void tellsWhatIsNoFile() {
    assertThat(ListFiles.problems(directory))
        .containsExactly("0: expected a readable file, found a directory");
    assertThat(ListFiles.problems(directory.resolve("absent.yaml")))
        .containsExactly("0: expected a readable file, found none");
  }

  @Test
  void refusesAFileBeyondTheLimit() throws IOException {
    Path file = Files.writeString(directory.resolve("l.yaml"), "sources: []      ");
    ProblemsException thrown =
        Assertions.catchThrowableOfType(
            ProblemsException.class,
            () -> new SourceListReader(n -> null, 16).read(file, ListFiles.DEFAULTS));

    assertThat(thrown.code()).isEqualTo(FailureCode.SOURCE_LIST);
    assertThat(thrown.problems())
        .containsExactly(new Problem(file.toString(), 0, "expected at most 16 bytes, found 17"));
  }

  @Test
  void doesNotQuoteWhatMayBeACredential_whenJsonIsBroken() throws IOException {
    String json = "{\"sources\": [{\"url\": \"http://h/x\", \"headers\": {\"X\": s3cret}}]}";

    assertThat(ListFiles.problems(directory, "list.json", json))
        .hasSize(1)
        .noneMatch(problem -> problem.contains("s3cret"));
  }

  @Test
  void countsOnly_whatGoesBeyondTenThousandProblems() throws IOException {
    String yaml = "sources:\n" + "- {}\n".repeat(Problems.LIMIT + 7);

    assertThat(ListFiles.problems(directory, "l.yaml", yaml))
        .hasSize(Problems.LIMIT + 1)
        .last()
        .isEqualTo("0: and 7 more problems");
  }

  private static Arguments bad(String yaml, String... expected) {
    return Arguments.of(yaml, List.of(expected));
  }

  private static Arguments source(String key, String... expected) {
    return bad("sources:\n  - url: http://h/x\n    " + key + "\n", expected);
  }
}
