package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.console.ConsoleSettings;
import dev.dromedary.origin.AddressGuard;
import dev.dromedary.part.DirectWriting;
import dev.dromedary.source.SourceDefaults;
import dev.dromedary.source.SourceList;
import dev.dromedary.source.SourceListReader;
import dev.dromedary.transfer.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The defaults, the mapping of every key, and the files a user starts from. */
class SettingsDefaultsTest {

  private static final Path HOME = Path.of(System.getProperty("dromedary.home", "."));
  private static final Path BASE = Path.of("/base");

  /** A value for each key that is not its default. */
  private static final String OTHERS =
      """
      sources=s.txt
      origins=o.yaml
      work=w
      landing=l
      poll.interval=11s
      poll.every=2h
      transfer.concurrency=5
      transfer.queue=1001
      part.chunk-size=2MiB
      part.direct-writes=always
      part.sync-bytes=65MiB
      part.sync-interval=6s
      part.connections=7
      origin.connections=17
      http.connect-timeout=12s
      http.first-byte-timeout=61s
      http.stall-timeout=62s
      http.min-speed=2KiB
      http.min-speed-window=63s
      http.max-redirects=9
      http.ca-file=ca.pem
      http.user-agent=me
      http.guard=all
      http.guard-allow=10.0.0.0/8
      http.proxy=http://proxy.test:3128
      retry.tries=8
      retry.backoff=2s
      retry.backoff-max=6m
      retry.max-retry-after=3h
      retry.wrong-digest=2h
      breaker.sources=14
      breaker.rest=15s
      limit.rate=3KiB
      limit.max-size=4KiB
      disk.keep-free=5KiB
      disk.wait=4h
      disk.check-interval=13s
      delivery.uri=mock:a
      keep.failures=31d
      keep.failures-size=7KiB
      keep.records=91d
      keep.sources=366d
      keep.interval=11m
      landed.provenance=yes
      landed.uri=mock:b
      failed.uri=mock:c
      events.timeout=31s
      log.format=json
      log.file=d.log
      log.max-size=6KiB
      log.keep=15
      console.port=off
      console.bind=::1
      console.hosts=a.example, b.example
      console.password-file=users
      console.keystore=keys.p12
      console.keystore-password-file=key.txt
      """;

  private static final Settings DEFAULTS =
      new SettingsReader(BASE, "1.2").readIfPresent(Path.of("/absent"), Map.of());

  @Test
  void hasTheseDefaults() {
    assertThat(DEFAULTS.places())
        .isEqualTo(
            new Settings.Places(
                Path.of("/base/config/sources.yaml"),
                Path.of("/base/config/origins.yaml"),
                Path.of("/base/work"),
                Path.of("/base/landing")));
    assertThat(DEFAULTS.poll())
        .isEqualTo(new Settings.Poll(Duration.ofSeconds(10), Duration.ofHours(1)));
    assertThat(DEFAULTS.transfer()).isEqualTo(new Settings.Transfer(4, 1000));
    assertThat(DEFAULTS.part())
        .isEqualTo(
            new Settings.Part(1 << 20, DirectWriting.AUTO, 64 << 20, Duration.ofSeconds(5), 16));
    assertThat(DEFAULTS.http())
        .isEqualTo(
            new Settings.Http(
                16,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                1024,
                Duration.ofSeconds(60),
                10,
                null,
                "dromedary/1.2",
                AddressGuard.of(AddressGuard.Scope.REDIRECTS, ""),
                "environment"));
    assertThat(DEFAULTS.retry())
        .isEqualTo(
            new Settings.Retry(
                10,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofDays(1)));
    assertThat(DEFAULTS.breaker()).isEqualTo(new Settings.Breaker(5, Duration.ofSeconds(30)));
    assertThat(DEFAULTS.limit()).isEqualTo(new Settings.Limit(0, 0));
    assertThat(DEFAULTS.disk())
        .isEqualTo(new Settings.Disk(16 << 20, Duration.ofDays(1), Duration.ofSeconds(10)));
    assertThat(DEFAULTS.keep())
        .isEqualTo(
            new Settings.Keep(Duration.ofDays(30), 0, Duration.ofDays(90), Duration.ofDays(365)));
    assertThat(DEFAULTS.log()).isEqualTo(new Settings.Log("text", null, 50 << 20, 14));
    assertThat(DEFAULTS.delivery())
        .isEqualTo(
            new Settings.Delivery(
                "file:/base/landing?fileExist=TryRename&tempFileName=.${exchangeProperty.transferId}.landing"
                    + "&copyAndDeleteOnRenameFail=false",
                "log:landed?level=DEBUG",
                "log:failed?level=DEBUG",
                Duration.ofSeconds(30),
                false));
    assertThat(DEFAULTS.console()).isEqualTo(ConsoleSettings.loopback(8642));
    assertThat(DEFAULTS.passThrough()).isEmpty();
  }

  @Test
  void mapsEveryKeyToAPropertyOfItsOwn() {
    Map<String, String> other = new LinkedHashMap<>();
    OTHERS
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(pair -> other.put(SettingKey.PREFIX + pair[0], pair[1]));
    assertThat(other).as("one of each").hasSameSizeAs(SettingKey.values());
    Settings settings = new SettingsReader(BASE, "1.2").readIfPresent(Path.of("/absent"), other);

    assertThat(settings.places())
        .isEqualTo(
            new Settings.Places(
                Path.of("/base/s.txt"),
                Path.of("/base/o.yaml"),
                Path.of("/base/w"),
                Path.of("/base/l")));
    assertThat(settings.poll())
        .isEqualTo(new Settings.Poll(Duration.ofSeconds(11), Duration.ofHours(2)));
    assertThat(settings.transfer()).isEqualTo(new Settings.Transfer(5, 1001));
    assertThat(settings.part())
        .isEqualTo(
            new Settings.Part(2 << 20, DirectWriting.ALWAYS, 65 << 20, Duration.ofSeconds(6), 7));
    assertThat(settings.http())
        .isEqualTo(
            new Settings.Http(
                17,
                Duration.ofSeconds(12),
                Duration.ofSeconds(61),
                Duration.ofSeconds(62),
                2048,
                Duration.ofSeconds(63),
                9,
                Path.of("/base/ca.pem"),
                "me",
                AddressGuard.of(AddressGuard.Scope.ALL, "10.0.0.0/8"),
                "http://proxy.test:3128"));
    assertThat(settings.retry())
        .isEqualTo(
            new Settings.Retry(
                8,
                Duration.ofSeconds(2),
                Duration.ofMinutes(6),
                Duration.ofHours(3),
                Duration.ofHours(2)));
    assertThat(settings.breaker()).isEqualTo(new Settings.Breaker(14, Duration.ofSeconds(15)));
    assertThat(settings.limit()).isEqualTo(new Settings.Limit(3072, 4096));
    assertThat(settings.disk())
        .isEqualTo(new Settings.Disk(5 << 10, Duration.ofHours(4), Duration.ofSeconds(13)));
    assertThat(settings.keep())
        .isEqualTo(
            new Settings.Keep(
                Duration.ofDays(31), 7 << 10, Duration.ofDays(91), Duration.ofDays(366)));
    assertThat(settings.log())
        .isEqualTo(new Settings.Log("json", Path.of("/base/d.log"), 6 << 10, 15));
    assertThat(settings.delivery())
        .isEqualTo(
            new Settings.Delivery("mock:a", "mock:b", "mock:c", Duration.ofSeconds(31), true));
    assertThat(settings.console()).isNull();
    other.put(SettingKey.CONSOLE_PORT.key(), "1234");
    assertThat(new SettingsReader(BASE, "1.2").withoutFile(other).console())
        .isEqualTo(
            new ConsoleSettings(
                "::1",
                1234,
                Set.of("a.example", "b.example"),
                Path.of("/base/users"),
                Path.of("/base/keys.p12"),
                Path.of("/base/key.txt")));
  }

  @Test
  void documentsEveryKeyWithItsDefault() throws IOException {
    Path file = HOME.resolve("config/application.properties");
    Map<String, String> written =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(SettingKey.PREFIX))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

    assertThat(written)
        .isEqualTo(
            Arrays.stream(SettingKey.values())
                .collect(Collectors.toMap(SettingKey::key, SettingKey::defaultText)));
    String text = Files.readString(file).replace("\n# ", " ");
    for (SettingKey key : SettingKey.values()) {
      String sentence = key.description().substring(0, key.description().length() - 1);
      assertThat(text).as(key.key()).contains(sentence);
    }
  }

  @Test
  void readsTheFileItIsDeliveredWith() {
    Settings settings =
        new SettingsReader(BASE, "1.2")
            .read(HOME.resolve("config/application.properties"), Map.of());

    assertThat(settings.asProperties()).isEqualTo(DEFAULTS.asProperties());
    assertThat(settings.passThrough())
        .isEqualTo(
            Map.of(
                "camel.main.name", "dromedary",
                "camel.main.streamCachingEnabled", "false",
                "camel.main.routesIncludePattern", "file:routes/*.camel.yaml",
                "camel.main.shutdownTimeout", "4"));
  }

  @Test
  void deliversAnEmptyList_whoseExampleWorksWhenUncommented(@TempDir Path directory)
      throws IOException {
    Path delivered = HOME.resolve("config/sources.yaml");
    String example =
        Files.readString(delivered)
            .replaceAll("(?m)^sources: \\[\\]$", "")
            .replaceAll("(?m)^# (?=defaults:|sources:| )", "");

    assertThat(readList(delivered).sources()).isEmpty();
    assertThat(readList(Files.writeString(directory.resolve("x.yaml"), example)).sources())
        .extracting(source -> source.id() + " " + source.target() + " " + source.urls().size())
        .containsExactly("disk.img disk.img 1", "nightly-dump dumps/latest.tar.zst 2");
  }

  @Test
  void deliversIntoTheLandingZone_alsoWhenItsNameHasSpaces(@TempDir Path directory)
      throws Exception {
    Path landing = directory.resolve("land ing+ü&x");
    Settings settings =
        new SettingsReader(BASE, "1.2")
            .readIfPresent(Path.of("/absent"), Map.of("dromedary.landing", landing.toString()));

    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      FileEndpoint endpoint = camel.getEndpoint(settings.delivery().uri(), FileEndpoint.class);
      assertThat(endpoint.getFile().toPath()).isEqualTo(landing);
      assertThat(endpoint.isCopyAndDeleteOnRenameFail()).isFalse();
    }
  }

  private static SourceList readList(Path file) {
    return new SourceListReader(name -> "token")
        .read(file, SourceDefaults.of(new Schedule.Every(Duration.ofHours(1))));
  }
}
