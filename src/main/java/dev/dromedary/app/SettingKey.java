package dev.dromedary.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Every setting of this program: its name, what may be written, its default, what it does. */
public enum SettingKey {
  SOURCES(
      "sources",
      SettingType.PATH,
      "config/sources.yaml",
      "The source list: .yaml, .yml, .json, or any other name for one URL a line."),
  ORIGINS(
      "origins",
      SettingType.PATH,
      "config/origins.yaml",
      "The settings of single hosts, in YAML; may be absent, unless another file is named."),
  WORK(
      "work",
      SettingType.PATH,
      "work",
      "Where part files and the ledger are kept; on the file system of the landing zone."),
  LANDING("landing", SettingType.PATH, "landing", "The landing zone: where verified files appear."),
  POLL_INTERVAL(
      "poll.interval",
      SettingType.duration("100ms", "1d"),
      "10s",
      "How often the list is searched for sources that are due; none is polled more often."),
  POLL_EVERY(
      "poll.every",
      SettingType.duration("1s", "3650d"),
      "1h",
      "How often a source is polled that has no schedule of its own."),
  TRANSFER_CONCURRENCY(
      "transfer.concurrency",
      SettingType.number("1", "1000"),
      "4",
      "How many transfers run at the same time."),
  TRANSFER_QUEUE(
      "transfer.queue",
      SettingType.number("1", "1000000"),
      "1000",
      "How many transfers are queued, of one host at most half; what else is due is queued when"
          + " there is room."),
  PART_CHUNK_SIZE(
      "part.chunk-size",
      SettingType.size("16KiB", "16MiB"),
      "1MiB",
      "How much of a connection waits to be written at most; less each beside more than 8"
          + " connections, or where memory is scarce."),
  PART_DIRECT_WRITES(
      "part.direct-writes",
      SettingType.choice("auto", "always", "no"),
      "auto",
      "When large chunks pass by the page cache (ext4, xfs): auto where that is faster, always, or"
          + " no."),
  PART_SYNC_BYTES(
      "part.sync-bytes",
      SettingType.size("1MiB", "1TiB"),
      "64MiB",
      "After how many bytes a part file is synced to disk."),
  PART_SYNC_INTERVAL(
      "part.sync-interval",
      SettingType.duration("100ms", "1h"),
      "5s",
      "After what time a part file is synced to disk, if that comes first."),
  PART_CONNECTIONS(
      "part.connections",
      SettingType.number("1", "64"),
      "16",
      "How many connections one transfer uses at most."),
  ORIGIN_CONNECTIONS(
      "origin.connections",
      SettingType.number("1", "1000"),
      "16",
      "How many connections all transfers together open to one host."),
  HTTP_CONNECT_TIMEOUT(
      "http.connect-timeout",
      SettingType.duration("100ms", "1h"),
      "10s",
      "How long connecting may take."),
  HTTP_FIRST_BYTE_TIMEOUT(
      "http.first-byte-timeout",
      SettingType.duration("100ms", "1h"),
      "60s",
      "How long a server may take to begin its answer."),
  HTTP_STALL_TIMEOUT(
      "http.stall-timeout",
      SettingType.duration("100ms", "1h"),
      "60s",
      "How long no byte may come before the transfer resumes on a new connection."),
  HTTP_MIN_SPEED(
      "http.min-speed",
      SettingType.rate("0", "1TiB"),
      "1KiB",
      "Bytes a second below which an attempt is given up, from its first byte on and also in"
          + " silence; 0 for no minimum."),
  HTTP_MIN_SPEED_WINDOW(
      "http.min-speed-window",
      SettingType.duration("1s", "1d"),
      "60s",
      "Over what time the speed is averaged for http.min-speed."),
  HTTP_MAX_REDIRECTS(
      "http.max-redirects",
      SettingType.number("0", "50"),
      "10",
      "How many redirects are followed in a row."),
  HTTP_CA_FILE(
      "http.ca-file",
      SettingType.OPTIONAL_PATH,
      "",
      "A PEM file of certificates to trust beside Java's; empty for Java's alone."),
  HTTP_USER_AGENT(
      "http.user-agent",
      SettingType.HEADER_TEXT,
      "",
      "What is sent as User-Agent; empty for dromedary/VERSION."),
  HTTP_GUARD(
      "http.guard",
      SettingType.choice("redirects", "all", "off"),
      "redirects",
      "What may reach public addresses only: hosts reached by redirects, all, or none (off)."),
  HTTP_GUARD_ALLOW(
      "http.guard-allow",
      SettingType.HOSTS,
      "",
      "Hosts and address blocks (10.1.0.0/16) that http.guard lets pass, set apart by commas."),
  HTTP_PROXY(
      "http.proxy",
      SettingType.PROXY,
      "environment",
      "The HTTP proxy that servers are asked by way of: http://HOST:PORT; environment for what"
          + " https_proxy, http_proxy, all_proxy and no_proxy say; or none."),
  RETRY_TRIES(
      "retry.tries",
      SettingType.number("1", "1000"),
      "10",
      "After how many attempts without a new byte a transfer is given up; four that bring"
          + " hardly any count as one."),
  RETRY_BACKOFF(
      "retry.backoff",
      SettingType.duration("1ms", "1d"),
      "1s",
      "How long the first retry waits, half of it to all, by chance; each next one twice as long."),
  RETRY_BACKOFF_MAX(
      "retry.backoff-max",
      SettingType.duration("1ms", "7d"),
      "5m",
      "How long a retry waits at most; at least retry.backoff."),
  RETRY_MAX_RETRY_AFTER(
      "retry.max-retry-after",
      SettingType.duration("0s", "7d"),
      "1h",
      "How long a server's Retry-After is obeyed at most."),
  RETRY_WRONG_DIGEST(
      "retry.wrong-digest",
      SettingType.duration("0s", "365d"),
      "1d",
      "How long a version whose digest is not the one in the list is not fetched again; 0s for at"
          + " every poll."),
  BREAKER_SOURCES(
      "breaker.sources",
      SettingType.number("0", "1000000"),
      "5",
      "After how many sources in a row a host that does not serve them rests; 0 for never."),
  BREAKER_REST(
      "breaker.rest",
      SettingType.duration("1s", "1d"),
      "30s",
      "How long a host rests at first; each next rest is twice as long, up to retry.backoff-max."),
  LIMIT_RATE(
      "limit.rate",
      SettingType.rate("0", "1TiB"),
      "0",
      "Bytes a second for all transfers together; 0 for no limit."),
  LIMIT_MAX_SIZE(
      "limit.max-size",
      SettingType.size("0", "1000000TiB"),
      "0",
      "The largest file that is fetched; 0 for no limit."),
  DISK_KEEP_FREE(
      "disk.keep-free",
      SettingType.size("0", "1000TiB"),
      "16MiB",
      "How much of the staging disk is left free."),
  DISK_WAIT(
      "disk.wait",
      SettingType.duration("0s", "365d"),
      "1d",
      "How long a transfer waits for room on the disk, the ledger or open files until it is given up."),
  DISK_CHECK_INTERVAL(
      "disk.check-interval",
      SettingType.duration("100ms", "1h"),
      "10s",
      "How often a transfer that waits for one of these looks again."),
  DELIVERY_URI(
      "delivery.uri",
      SettingType.URI,
      "",
      "The Camel endpoint that puts a verified file into the landing zone; empty for a rename."),
  KEEP_FAILURES(
      "keep.failures",
      SettingType.duration("1s", "36500d"),
      "30d",
      "How long a dead letter is kept with what arrived, unless its source lands before."),
  KEEP_FAILURES_SIZE(
      "keep.failures-size",
      SettingType.size("0", "1000000TiB"),
      "0",
      "How much dead letters keep together; the oldest beyond it are given up, 0 for no limit."),
  KEEP_RECORDS(
      "keep.records",
      SettingType.duration("1s", "36500d"),
      "90d",
      "How long the ledger remembers transfers but the newest of each source."),
  KEEP_SOURCES(
      "keep.sources",
      SettingType.duration("1s", "36500d"),
      "365d",
      "How long a source that the list has no more is remembered; if it comes back later, its file"
          + " is fetched again."),
  KEEP_INTERVAL(
      "keep.interval",
      SettingType.duration("1s", "365d"),
      "10m",
      "How often it is looked for what need not be kept."),
  LANDED_PROVENANCE(
      "landed.provenance",
      SettingType.choice("no", "yes"),
      "no",
      "Whether NAME.provenance.json is written beside each landed file; sha-256 is computed where"
          + " no digest is expected."),
  LANDED_URI(
      "landed.uri",
      SettingType.URI,
      "log:landed?level=DEBUG",
      "The Camel endpoint that is told of each landed file, in JSON."),
  FAILED_URI(
      "failed.uri",
      SettingType.URI,
      "log:failed?level=DEBUG",
      "The Camel endpoint that is told of each transfer given up, in JSON."),
  EVENTS_TIMEOUT(
      "events.timeout",
      SettingType.duration("100ms", "1d"),
      "30s",
      "How long landed.uri or failed.uri may take for an event; it counts as not told then (E5008)."),
  LOG_FORMAT(
      "log.format",
      SettingType.choice("text", "json"),
      "text",
      "How the service logs: key=value lines, or a JSON object a line."),
  LOG_FILE(
      "log.file",
      SettingType.OPTIONAL_PATH,
      "",
      "Where the service logs; empty for standard error."),
  LOG_MAX_SIZE(
      "log.max-size",
      SettingType.size("1KiB", "1TiB"),
      "50MiB",
      "At which size, or else each day, a new log file is begun and the old one compressed."),
  LOG_KEEP(
      "log.keep",
      SettingType.number("1", "3650"),
      "14",
      "For how many days compressed log files are kept."),
  CONSOLE_PORT(
      "console.port",
      SettingType.PORT,
      "8642",
      "The port of the console of run; 0 for any free one, off for no console."),
  CONSOLE_BIND(
      "console.bind",
      SettingType.HOST,
      "127.0.0.1",
      "The address the console listens on; one that is not loopback needs console.password-file."),
  CONSOLE_HOSTS(
      "console.hosts",
      SettingType.NAMES,
      "",
      "Names by which the console may be called, with commas between; addresses always may."),
  CONSOLE_PASSWORD_FILE(
      "console.password-file",
      SettingType.OPTIONAL_PATH,
      "",
      "Who may use the console, by lines of console-password; empty for everybody on loopback."),
  CONSOLE_KEYSTORE(
      "console.keystore",
      SettingType.OPTIONAL_PATH,
      "",
      "The PKCS12 store of the console's certificate; empty for plain HTTP."),
  CONSOLE_KEYSTORE_PASSWORD_FILE(
      "console.keystore-password-file",
      SettingType.OPTIONAL_PATH,
      "",
      "A file whose first line opens console.keystore; empty for no password.");

  /** What every name begins with where it is written. */
  public static final String PREFIX = "dromedary.";

  private final String name;
  private final SettingType type;
  private final String defaultText;
  private final String description;

  SettingKey(String name, SettingType type, String defaultText, String description) {
    this.name = PREFIX + name;
    this.type = type;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** Returns the name as it is written, e.g. {@code dromedary.poll.every}. */
  public String key() {
    return name;
  }

  /** Returns what may be written, for a user: {@code a duration of 1s to 3650d}. */
  public String expectation() {
    return type.expectation();
  }

  /** Says whether a text may be written for it. */
  public boolean allows(String text) {
    try {
      type.canonical(text, Path.of(""));
      return true;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return false;
    }
  }

  /** Returns what holds when nothing is written, as a user would write it. */
  public String defaultText() {
    return defaultText;
  }

  /** Returns the same as the program uses it, a path absolute. */
  String defaultAt(Path base) {
    return type.canonical(defaultText, base);
  }

  /** Returns what it does, one sentence. */
  public String description() {
    return description;
  }

  /** Finds a setting by its name with prefix. */
  public static Optional<SettingKey> byKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.name.equals(key)).findFirst();
  }

  SettingType type() {
    return type;
  }
}
