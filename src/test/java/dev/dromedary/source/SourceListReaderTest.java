package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.Guards;
import dev.dromedary.transfer.MagicBytes;
import dev.dromedary.transfer.MediaRange;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a valid list becomes. */
class SourceListReaderTest {

  private static final String HEX = "ab".repeat(32);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private Source only(String yaml) throws IOException {
    SourceList list = ListFiles.read(directory, "list.yaml", yaml);
    assertThat(list.sources()).hasSize(1);
    return list.sources().get(0);
  }

  @Test
  void takesEveryKeyOfASource() throws IOException {
    Source source =
        only(
            """
            sources:
              - id: nightly
                urls: [ "http://a.test/x", "https://b.test/y" ]
                to: in/x.bin
                digest: [ "sha-256=%s", "md5=%s" ]
                size: 4KiB
                cron: 0 0 2 * * ?
                zone: Europe/Berlin
                headers:
                  Authorization: Bearer {{env:TOKEN}}
                connections: 64
                rate: 5MiB/s
                allowUnknownLength: true
            """
                .formatted(HEX, "0".repeat(32)));

    assertThat(source)
        .isEqualTo(
            new Source(
                "nightly",
                List.of(URI.create("http://a.test/x"), URI.create("https://b.test/y")),
                "in/x.bin",
                List.of(
                    new ExpectedDigest(DigestAlgorithm.SHA_256, HEX),
                    new ExpectedDigest(DigestAlgorithm.MD5, "0".repeat(32))),
                OptionalLong.of(4096),
                new Schedule.Cron("0 0 2 * * ?", ZoneId.of("Europe/Berlin")),
                Map.of("Authorization", "Bearer {{env:TOKEN}}"),
                OptionalInt.of(64),
                true,
                false,
                OptionalLong.of(5 << 20),
                Guards.NONE,
                Optional.empty()));
  }

  @Test
  void readsWhatAFileMustLookLike() throws IOException {
    Source source =
        only(
            """
            sources:
              - url: http://a.test/x
                contentType: [application/zip, 'Application/*']
                minSize: 1KiB
                maxSize: 1 GiB
                magic: [zip, 7573746172@257]
                maxShrink: 50%
            """);

    assertThat(source.guards())
        .isEqualTo(
            new Guards(
                List.of(new MediaRange("application", "zip"), new MediaRange("application", "*")),
                OptionalLong.of(1024),
                OptionalLong.of(1 << 30),
                List.of(
                    new MagicBytes(0, "504b0304"),
                    new MagicBytes(0, "504b0506"),
                    new MagicBytes(257, "7573746172")),
                OptionalInt.of(50)));
  }

  @Test
  void findsTheDigestFileOfEachSource_unlessItTakesThatAway() throws IOException {
    SourceList list =
        ListFiles.read(
            directory,
            "list.yml",
            """
            defaults:
              digestFrom: SHA256SUMS
            sources:
              - url: http://a.test/d/1
              - url: http://a.test/2
                digestFrom: .md5
              - url: http://a.test/3
                digestFrom: ''
              - urls: [http://a.test/d/4, http://b.test/4]
                digestFrom: ../CHECKSUMS
              - url: http://a.test/5
                digestFrom: []
            """);

    assertThat(list.sources())
        .extracting(source -> source.digestFile().orElse(null))
        .containsExactly(
            new DigestFile(
                URI.create("http://a.test/d/SHA256SUMS"), Optional.of(DigestAlgorithm.SHA_256)),
            new DigestFile(URI.create("http://a.test/2.md5"), Optional.of(DigestAlgorithm.MD5)),
            null,
            new DigestFile(URI.create("http://a.test/CHECKSUMS"), Optional.empty()),
            null);
    assertThat(list.sources())
        .extracting(Source::hasDigest)
        .containsExactly(true, true, false, true, false);
  }

  @Test
  void putsTheGuardsOfASourceOverThoseOfTheDefaults() throws IOException {
    SourceList list =
        ListFiles.read(
            directory,
            "list.yml",
            """
            defaults:
              contentType: application/zip
              minSize: 10
              maxSize: 20
              magic: zip
              maxShrink: 10%
            sources:
              - url: http://a.test/1
              - url: http://a.test/2
                contentType: []
                minSize: 0
                maxSize: 0
                magic: []
                maxShrink: 100%
              - url: http://a.test/3
                maxSize: 30
            """);

    Guards inherited = list.sources().get(0).guards();
    assertThat(inherited.contentTypes()).containsExactly(new MediaRange("application", "zip"));
    assertThat(inherited.maxShrinkPercent()).hasValue(10);
    assertThat(list.sources().get(1).guards()).isEqualTo(Guards.NONE);
    assertThat(list.sources().get(2).guards())
        .isEqualTo(
            new Guards(
                inherited.contentTypes(),
                OptionalLong.of(10),
                OptionalLong.of(30),
                inherited.magic(),
                OptionalInt.of(10)));
  }

  @Test
  void needsNothingButAUrl() throws IOException {
    Source source = only("sources:\n  - url: http://a.test/dir/a%20file.iso?sig=%2F#top\n");

    assertThat(source.id()).isEqualTo("a file.iso");
    assertThat(source.target()).isEqualTo("a file.iso");
    assertThat(source.url()).hasToString("http://a.test/dir/a%20file.iso?sig=%2F");
    assertThat(source.schedule()).isEqualTo(ListFiles.DEFAULTS.schedule());
    assertThat(source.digests()).isEmpty();
    assertThat(source.sizeBytes()).isEmpty();
    assertThat(source.connections()).isEmpty();
    assertThat(source.allowUnknownLength()).isFalse();
  }

  @Test
  void putsASourceOverTheDefaults() throws IOException {
    SourceList list =
        ListFiles.read(
            directory,
            "list.yml",
            """
            defaults:
              cron: 0 0 2 * * ?
              zone: Europe/Berlin
              headers: { Authorization: one, X-A: a }
              connections: 2
              allowUnknownLength: true
            sources:
              - url: http://a.test/1
              - url: http://a.test/2
                zone: Asia/Tokyo
                headers: { authorization: two }
                connections: 3
                allowUnknownLength: false
              - url: http://a.test/3
                every: 90s
            """);

    Source first = list.sources().get(0);
    Source second = list.sources().get(1);
    assertThat(first.schedule())
        .isEqualTo(new Schedule.Cron("0 0 2 * * ?", ZoneId.of("Europe/Berlin")));
    assertThat(first.headers()).isEqualTo(Map.of("Authorization", "one", "X-A", "a"));
    assertThat(first.connections()).hasValue(2);
    assertThat(first.allowUnknownLength()).isTrue();
    assertThat(second.schedule())
        .isEqualTo(new Schedule.Cron("0 0 2 * * ?", ZoneId.of("Asia/Tokyo")));
    assertThat(second.headers()).isEqualTo(Map.of("authorization", "two", "X-A", "a"));
    assertThat(second.connections()).hasValue(3);
    assertThat(second.allowUnknownLength()).isFalse();
    assertThat(list.sources().get(2).schedule())
        .isEqualTo(new Schedule.Every(Duration.ofSeconds(90)));
  }

  @Test
  void keepsScalarsAsWritten() throws IOException {
    Source source =
        only("sources:\n- url: http://a.test/x\n  id: 007\n  to: 1_000\n  size: 0123\n");

    assertThat(source.id()).isEqualTo("007");
    assertThat(source.target()).isEqualTo("1_000");
    assertThat(source.sizeBytes()).hasValue(123);
  }

  @Test
  void keepsTheOrderOfTheList() throws IOException {
    SourceList list =
        ListFiles.read(directory, "l.txt", "http://h/c\n\n # note\nhttp://h/a\r\nhttps://h/b#x\n");

    assertThat(list.sources()).extracting(Source::id).containsExactly("c", "a", "b");
    assertThat(list.find("a")).map(s -> s.url().toString()).hasValue("http://h/a");
    assertThat(list.find("d")).isEmpty();
  }

  @Test
  void readsJsonWithTabsAndEscapes() throws IOException {
    SourceList list =
        ListFiles.read(
            directory,
            "list.json",
            "\uFEFF{\n\t\"sources\": [\n\t\t{ \"url\": \"http:\\/\\/h/x\", \"size\": 5 }\n\t]\n}");

    assertThat(list.sources()).extracting(s -> s.url().toString()).containsExactly("http://h/x");
    assertThat(list.sources().get(0).sizeBytes()).hasValue(5);
  }

  @Test
  void takesAnEmptyList() throws IOException {
    assertThat(ListFiles.read(directory, "l.yaml", "sources: []\n").sources()).isEmpty();
    assertThat(ListFiles.read(directory, "l.txt", "# none today\n").sources()).isEmpty();
  }

  @Test
  void keepsAReferenceAsItIsWritten() throws IOException {
    Source source = only("sources:\n- url: http://h/x\n  headers: {X: 'a{{env:NESTED}}b'}\n");

    assertThat(source.headers()).containsEntry("X", "a{{env:NESTED}}b");
  }

  @Test
  void warnsOfACredentialThatIsWrittenOut_andUsesIt() throws IOException {
    Path list =
        Files.writeString(
            directory.resolve("l.yaml"),
            """
            defaults:
              headers: {Cookie: s3cret}
            sources:
              - url: http://a.test/1
                headers:
                  Authorization: Bearer s3cret
                  X-Project: climate
              - url: http://a.test/2
                headers: {Authorization: 'Bearer {{env:TOKEN}}', X-Api-Key: s3cret}
            """);
    List<String> warnings = new ArrayList<>();

    SourceList read =
        new SourceListReader(
                ListFiles.ENVIRONMENT::get,
                new Warnings(w -> warnings.add(w.line() + " " + w.message()), Clock.systemUTC()),
                null)
            .read(list, ListFiles.DEFAULTS);

    assertThat(read.sources()).hasSize(2);
    assertThat(warnings)
        .hasSize(3)
        .noneMatch(text -> text.contains("s3cret"))
        .anyMatch(text -> text.startsWith("2 header 'Cookie': expected a credential by reference"))
        .anyMatch(text -> text.startsWith("6 header 'Authorization'"))
        .anyMatch(text -> text.startsWith("9 header 'X-Api-Key'"));
  }

  @Test
  void warnsOnceOfADigestFileInClearText_whereTheFileIsNot() throws IOException {
    Path list =
        Files.writeString(
            directory.resolve("l.yaml"),
            """
            sources:
              - url: https://a.test/1
                digestFrom: http://a.test/SHA256SUMS?key=s3cret
              - url: https://a.test/2
                digestFrom: http://a.test/SHA256SUMS?key=s3cret
              - urls: [http://a.test/3, https://b.test/3]
                digestFrom: .sha256
              - {url: http://a.test/4, digestFrom: .sha256}
              - {url: https://a.test/5, digestFrom: SHA256SUMS}
              - {url: http://a.test/6, digestFrom: 'https://a.test/SHA256SUMS'}
            """);
    List<String> warnings = new ArrayList<>();

    SourceList read =
        new SourceListReader(
                ListFiles.ENVIRONMENT::get,
                new Warnings(w -> warnings.add(w.line() + " " + w.message()), Clock.systemUTC()),
                null)
            .read(list, ListFiles.DEFAULTS);

    assertThat(read.sources()).hasSize(6);
    assertThat(warnings)
        .hasSize(2)
        .noneMatch(text -> text.contains("s3cret"))
        .anyMatch(text -> text.startsWith("3 digestFrom 'http://a.test/SHA256SUMS?"))
        .anyMatch(text -> text.startsWith("7 digestFrom 'http://a.test/3.sha256': expected https"));
  }

  @Test
  void warnsOfAnIdThatIsToldWithoutItsQuery() throws IOException {
    Path list = directory.resolve("ids.yaml");
    Files.writeString(list, "sources:\n- {id: 'http://h/a?key=s3cret', url: http://h/a, to: a}\n");
    List<String> warnings = new ArrayList<>();

    new SourceListReader(
            ListFiles.ENVIRONMENT::get,
            new Warnings(w -> warnings.add(w.line() + " " + w.message()), Clock.systemUTC()),
            null)
        .read(list, ListFiles.DEFAULTS);

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("2 id 'http://h/a?…': expected none with a query");
  }

  @Test
  void keepsCredentialsOutOfText() throws IOException {
    Source source = only("sources:\n- url: http://h/x\n  headers: {X: '{{env:TOKEN}}'}\n");
    SourceDefaults defaults =
        new SourceDefaults(
            ListFiles.DEFAULTS.schedule(),
            ZoneId.of("UTC"),
            source.headers(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            false,
            false,
            Guards.NONE,
            Optional.empty());

    assertThat(defaults.toString() + source).doesNotContain("s3cret");
  }

  @Test
  void readsAListOfManyMebibytes_inTimeThatGrowsWithItsLength() throws IOException {
    StringBuilder yaml = new StringBuilder("sources:\n");
    for (int i = 0; i < 40_000; i++) {
      yaml.append("- url: https://data.example.org/archive/2026/part-").append(i).append(".bin\n");
      yaml.append("  to: archive/").append(i % 100).append("/part-").append(i).append(".bin\n");
    }

    SourceList list =
        Assertions.assertTimeout(
            Duration.ofSeconds(30), () -> ListFiles.read(directory, "list.yaml", yaml.toString()));

    assertThat(yaml.length()).as("more than SnakeYAML takes by default").isGreaterThan(3 << 20);
    assertThat(list.sources()).hasSize(40_000);
  }
}
