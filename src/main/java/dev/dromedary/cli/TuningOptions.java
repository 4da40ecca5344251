package dev.dromedary.cli;

import dev.dromedary.app.SettingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that win over the configuration: each is one settings key. */
final class TuningOptions {

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = OptionValue.Connections.class,
      description = "Connections for each transfer at most; up to there the best number is found.")
  @Nullable String connections;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "Give up connecting after this long, e.g. 10s.")
  @Nullable String connectTimeout;

  @Option(
      names = "--first-byte-timeout",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "Give an attempt up when its answer has not begun after this long.")
  @Nullable String firstByteTimeout;

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "Break an attempt off when no byte came for this long, and resume.")
  @Nullable String stallTimeout;

  @Option(
      names = "--min-speed",
      paramLabel = "RATE",
      converter = OptionValue.Rate.class,
      description =
          "Break an attempt off when it is slower on average, e.g. 100KiB/s, or silent, from its first"
              + " byte on, and resume; again and again while that brings bytes.")
  @Nullable String minSpeed;

  @Option(
      names = "--min-speed-window",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "The time over which --min-speed is an average.")
  @Nullable String minSpeedWindow;

  @Option(
      names = "--tries",
      paramLabel = "N",
      converter = OptionValue.Tries.class,
      description = "Attempts in a row that may bring no new byte before it is given up.")
  @Nullable String tries;

  @Option(
      names = "--backoff",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "The first pause between attempts; it doubles from there.")
  @Nullable String backoff;

  @Option(
      names = "--max-retry-after",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "Obey a server's Retry-After up to this long.")
  @Nullable String maxRetryAfter;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = OptionValue.Size.class,
      description = "Refuse larger files, e.g. 20GiB.")
  @Nullable String maxSize;

  @Option(
      names = "--limit-rate",
      paramLabel = "RATE",
      converter = OptionValue.Rate.class,
      description = "Receive no faster than this in all, e.g. 5MiB/s.")
  @Nullable String limitRate;

  @Option(
      names = "--disk-wait",
      paramLabel = "TIME",
      converter = OptionValue.Span.class,
      description = "Wait this long at most for room on the disk; 0s to fail at once. Default: 1d.")
  @Nullable String diskWait;

  @Option(
      names = "--guard-allow",
      paramLabel = "HOST",
      description =
          "Let redirects lead to this host or address block too, though it is not public; several"
              + " with commas between.")
  @Nullable String guardAllow;

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      converter = OptionValue.Proxy.class,
      description =
          "Ask by way of this HTTP proxy, http://[USER:PASSWORD@]HOST:PORT; none for without."
              + " Default: what https_proxy, http_proxy, all_proxy and no_proxy say.")
  @Nullable String proxy;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Trust the certificates in this PEM file beside Java's.")
  @Nullable Path caFile;

  /**
   * Returns what was given as settings.
   *
   * @throws UsageException when a value is out of bounds, or the CA file cannot be read
   */
  Map<String, String> settings(CliEnvironment environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "--connections", "part.connections", connections);
    put(settings, "--connect-timeout", "http.connect-timeout", connectTimeout);
    put(settings, "--first-byte-timeout", "http.first-byte-timeout", firstByteTimeout);
    put(settings, "--stall-timeout", "http.stall-timeout", stallTimeout);
    put(settings, "--min-speed", "http.min-speed", minSpeed);
    put(settings, "--min-speed-window", "http.min-speed-window", minSpeedWindow);
    put(settings, "--tries", "retry.tries", tries);
    put(settings, "--backoff", "retry.backoff", backoff);
    put(settings, "--max-retry-after", "retry.max-retry-after", maxRetryAfter);
    put(settings, "--max-size", "limit.max-size", maxSize);
    put(settings, "--limit-rate", "limit.rate", limitRate);
    put(settings, "--disk-wait", "disk.wait", diskWait);
    put(settings, "--guard-allow", "http.guard-allow", guardAllow);
    put(settings, "--proxy", "http.proxy", proxy);
    put(settings, "http.ca-file", caFile == null ? null : readable(environment.resolve(caFile)));
    return settings;
  }

  /** Puts a setting that was given by an option, whose value is judged by its name. */
  private static void put(
      Map<String, String> settings, String option, String key, @Nullable String value) {
    SettingKey known = SettingKey.byKey(SettingKey.PREFIX + key).orElseThrow();
    if (value != null && !known.allows(value)) {
      throw new UsageException(option + " '" + value + "': expected " + known.expectation());
    }
    put(settings, key, value);
  }

  /** Puts a setting under its full key unless it is absent. */
  static void put(Map<String, String> settings, String key, @Nullable String value) {
    if (value != null) {
      settings.put("dromedary." + key, value);
    }
  }

  private static String readable(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UsageException("--ca-file " + file + ": expected a readable file");
    }
    return file.toString();
  }
}
