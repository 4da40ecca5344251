package dev.dromedary.app;

import dev.dromedary.console.ConsoleSettings;
import dev.dromedary.origin.AddressGuard;
import dev.dromedary.part.DirectWriting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, already judged. Immutable; paths are absolute.
 *
 * @param places where files are
 * @param poll when sources are polled
 * @param transfer how many transfers there are
 * @param part how parts are written
 * @param http how servers are talked to
 * @param retry when an attempt is repeated
 * @param breaker when a host rests
 * @param limit what is held back
 * @param disk how room on the disk is used
 * @param delivery where landed files and events go
 * @param keep for how long what is kept
 * @param log how the service logs
 * @param console where the console is; null for none
 * @param asProperties every {@code dromedary.*} key with its effective value for Camel's
 *     placeholders: paths absolute, durations in milliseconds and sizes in bytes as plain numbers
 * @param passThrough the keys that are not ours, as written
 */
public record Settings(
    Places places,
    Poll poll,
    Transfer transfer,
    Part part,
    Http http,
    Retry retry,
    Breaker breaker,
    Limit limit,
    Disk disk,
    Delivery delivery,
    Keep keep,
    Log log,
    @Nullable ConsoleSettings console,
    Map<String, String> asProperties,
    Map<String, String> passThrough) {

  public Settings {
    asProperties = Collections.unmodifiableMap(new TreeMap<>(asProperties));
    passThrough = Collections.unmodifiableMap(new TreeMap<>(passThrough));
  }

  /**
   * Where files are.
   *
   * @param sources the source list
   * @param origins the settings of hosts; need not be there
   * @param work part files and ledger
   * @param landing the landing zone
   */
  public record Places(Path sources, Path origins, Path work, Path landing) {}

  /**
   * When sources are polled.
   *
   * @param interval between two searches for due sources, more than zero
   * @param every the schedule of a source that has none, more than zero
   */
  public record Poll(Duration interval, Duration every) {}

  /**
   * How many transfers there are.
   *
   * @param concurrency at the same time, 1 or more
   * @param queue waiting in memory, 1 or more
   */
  public record Transfer(int concurrency, int queue) {}

  /**
   * How parts are written.
   *
   * @param chunkSizeBytes of a connection that wait to be written at most, 16 KiB to 16 MiB
   * @param directWrites when large chunks pass by the page cache
   * @param syncBytes written between two syncs at most, 1 MiB or more
   * @param syncInterval between two syncs at most, more than zero
   * @param connections of one transfer at most, 1 to 64
   */
  public record Part(
      int chunkSizeBytes,
      DirectWriting directWrites,
      long syncBytes,
      Duration syncInterval,
      int connections) {}

  /**
   * How servers are talked to.
   *
   * @param connectionsPerHost of all transfers together, 1 or more
   * @param connectTimeout more than zero
   * @param firstByteTimeout more than zero
   * @param stallTimeout more than zero
   * @param minBytesPerSecond 0 for no minimum
   * @param minSpeedWindow over which the speed is averaged, 1 s or more
   * @param maxRedirects in a row, 0 to 50
   * @param caFile certificates to trust in PEM; null for those Java trusts
   * @param userAgent never empty
   * @param guard which addresses are reached
   * @param proxy what is asked by way of, as it is written; with its credentials
   */
  public record Http(
      int connectionsPerHost,
      Duration connectTimeout,
      Duration firstByteTimeout,
      Duration stallTimeout,
      long minBytesPerSecond,
      Duration minSpeedWindow,
      int maxRedirects,
      @Nullable Path caFile,
      String userAgent,
      AddressGuard guard,
      String proxy) {}

  /**
   * When an attempt is repeated.
   *
   * @param tries attempts without a new byte, 1 or more
   * @param backoff before the first retry, more than zero
   * @param backoffMax before any retry, at least {@code backoff}
   * @param maxRetryAfter the most a server may ask for, zero or more
   * @param wrongDigest before a version whose digest was wrong is fetched again, zero or more
   */
  public record Retry(
      int tries,
      Duration backoff,
      Duration backoffMax,
      Duration maxRetryAfter,
      Duration wrongDigest) {}

  /**
   * When a host rests.
   *
   * @param sources in a row that it does not serve, 0 for never
   * @param rest the first, 1 s or more
   */
  public record Breaker(int sources, Duration rest) {}

  /**
   * What is held back.
   *
   * @param bytesPerSecond of all transfers together, 0 for no limit
   * @param maxSizeBytes of a file, 0 for no limit
   */
  public record Limit(long bytesPerSecond, long maxSizeBytes) {}

  /**
   * How room on the disk is used.
   *
   * @param keepFreeBytes of the staging disk, 0 or more
   * @param longestWait for room, zero or more
   * @param checkInterval between two looks, more than zero
   */
  public record Disk(long keepFreeBytes, Duration longestWait, Duration checkInterval) {}

  /**
   * Where landed files and events go.
   *
   * @param uri the Camel endpoint of a verified file, never empty
   * @param landedUri the Camel endpoint that is told of a landed file, never empty
   * @param failedUri the Camel endpoint that is told of a dead letter, never empty
   * @param eventLimit how long either of these may take for one event, more than zero
   * @param writesProvenance whether it is told beside each file where it came from
   */
  public record Delivery(
      String uri,
      String landedUri,
      String failedUri,
      Duration eventLimit,
      boolean writesProvenance) {}

  /**
   * For how long what is kept.
   *
   * @param failures dead letters, more than zero
   * @param failuresBytes of all dead letters together, 0 for no limit
   * @param records of transfers that ended, more than zero
   * @param sources what is known of those that left the list, more than zero
   */
  public record Keep(Duration failures, long failuresBytes, Duration records, Duration sources) {}

  /**
   * How the service logs.
   *
   * @param format {@code text} or {@code json}
   * @param file null for standard error
   * @param maxSizeBytes at which a file is closed, 1 KiB or more
   * @param keepDays for how long it is kept then, 1 or more
   */
  public record Log(String format, @Nullable Path file, long maxSizeBytes, int keepDays) {}

  /** Makes the records of judged canonical texts, one for each key. */
  static Settings of(
      EnumMap<SettingKey, String> texts, Map<String, String> passThrough, String version) {
    CanonicalTexts values = new CanonicalTexts(texts);
    Path landing = values.path(SettingKey.LANDING);
    values.fill(SettingKey.HTTP_USER_AGENT, "dromedary/" + version);
    values.fill(SettingKey.DELIVERY_URI, renameInto(landing));
    values.fill(SettingKey.FAILED_URI, SettingKey.FAILED_URI.defaultText());
    values.fill(SettingKey.LANDED_URI, SettingKey.LANDED_URI.defaultText());
    return new Settings(
        new Places(
            values.path(SettingKey.SOURCES),
            values.path(SettingKey.ORIGINS),
            values.path(SettingKey.WORK),
            landing),
        new Poll(values.duration(SettingKey.POLL_INTERVAL), values.duration(SettingKey.POLL_EVERY)),
        new Transfer(
            values.number(SettingKey.TRANSFER_CONCURRENCY),
            values.number(SettingKey.TRANSFER_QUEUE)),
        values.part(),
        values.http(),
        values.retry(),
        new Breaker(
            values.number(SettingKey.BREAKER_SOURCES), values.duration(SettingKey.BREAKER_REST)),
        new Limit(values.bytes(SettingKey.LIMIT_RATE), values.bytes(SettingKey.LIMIT_MAX_SIZE)),
        new Disk(
            values.bytes(SettingKey.DISK_KEEP_FREE),
            values.duration(SettingKey.DISK_WAIT),
            values.duration(SettingKey.DISK_CHECK_INTERVAL)),
        new Delivery(
            values.text(SettingKey.DELIVERY_URI),
            values.text(SettingKey.LANDED_URI),
            values.text(SettingKey.FAILED_URI),
            values.duration(SettingKey.EVENTS_TIMEOUT),
            values.text(SettingKey.LANDED_PROVENANCE).equals("yes")),
        new Keep(
            values.duration(SettingKey.KEEP_FAILURES),
            values.bytes(SettingKey.KEEP_FAILURES_SIZE),
            values.duration(SettingKey.KEEP_RECORDS),
            values.duration(SettingKey.KEEP_SOURCES)),
        new Log(
            values.text(SettingKey.LOG_FORMAT),
            values.optionalPath(SettingKey.LOG_FILE),
            values.bytes(SettingKey.LOG_MAX_SIZE),
            values.number(SettingKey.LOG_KEEP)),
        values.console(),
        values.asProperties(),
        passThrough);
  }

  /**
   * Two renames, so that nothing but a whole file ever has the target's name; between them one that
   * no other process uses.
   */
  private static String renameInto(Path landing) {
    return "file:"
        + landing
        + "?fileExist=TryRename&tempFileName=.${exchangeProperty.transferId}.landing"
        + "&copyAndDeleteOnRenameFail=false";
  }
}
