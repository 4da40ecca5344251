package dev.dromedary.source;

import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.TimeSpan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the keys a source and the defaults have in common. */
final class SharedKeys {

  static final List<String> NAMES =
      Stream.concat(
              Stream.of(
                  "digestFrom",
                  "every",
                  "cron",
                  "zone",
                  "headers",
                  "connections",
                  "rate",
                  "allowUnknownLength"),
              GuardKeys.NAMES.stream())
          .toList();

  private static final int MAX_TIME_SPAN_LENGTH = 64;
  private static final Duration MAX_INTERVAL = Duration.ofDays(3650);

  private final Problems problems;
  private final HeaderRules headerRules;
  private final GuardKeys guards;
  private Schedule.@Nullable Cron latest;

  SharedKeys(Problems problems, HeaderRules headerRules) {
    this.problems = problems;
    this.headerRules = headerRules;
    this.guards = new GuardKeys(problems);
  }

  /** Returns the defaults with what the fields say put over them. */
  SourceDefaults over(SourceDefaults defaults, Fields fields) {
    ZoneId zone = fields.value("zone", CronSchedule::zone).orElse(defaults.zone());
    Optional<Integer> connections = fields.value("connections", SharedKeys::connections);
    return new SourceDefaults(
        schedule(defaults, fields, zone),
        zone,
        headers(defaults.headers(), fields),
        connections.map(OptionalInt::of).orElse(defaults.connections()),
        fields
            .value("rate", ByteRate::parse)
            .map(rate -> rate == 0 ? OptionalLong.empty() : OptionalLong.of(rate))
            .orElse(defaults.bytesPerSecond()),
        fields.value("allowUnknownLength", SharedKeys::truth).orElse(defaults.allowUnknownLength()),
        guards.over(defaults.guards(), fields),
        digestFrom(defaults.digestFrom(), fields));
  }

  /** An empty one takes that of the defaults away. */
  private static Optional<DigestFrom> digestFrom(Optional<DigestFrom> inherited, Fields fields) {
    return fields.isEmpty("digestFrom")
        ? Optional.empty()
        : fields.value("digestFrom", DigestFrom::parse).or(() -> inherited);
  }

  private Schedule schedule(SourceDefaults defaults, Fields fields, ZoneId zone) {
    Optional<Schedule> every = fields.value("every", SharedKeys::interval);
    Optional<Schedule> cron = fields.value("cron", text -> cron(text, zone));
    if (fields.has("every") && fields.has("cron")) {
      int line = Math.max(fields.lineOf("every"), fields.lineOf("cron"));
      problems.add(line, "every and cron: expected one of them, found both");
    }
    if (defaults.schedule() instanceof Schedule.Cron inherited && !fields.has("every")) {
      return cron.orElse(new Schedule.Cron(inherited.expression(), zone));
    }
    return every.or(() -> cron).orElse(defaults.schedule());
  }

  /** Judges an expression once, however many sources in a row have it: judging costs the most. */
  private Schedule.Cron cron(String text, ZoneId zone) {
    Schedule.Cron known = latest;
    if (known == null || !known.expression().equals(text) || !known.zone().equals(zone)) {
      known = CronSchedule.parse(text, zone);
      latest = known;
    }
    return known;
  }

  /** Returns the headers with those the fields have put over them, names in any case. */
  Map<String, String> headers(Map<String, String> defaults, Fields fields) {
    Map<String, Node.Entry> written = fields.map("headers");
    if (written.isEmpty()) {
      return defaults;
    }
    Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(defaults);
    Map<String, Integer> lines = new HashMap<>();
    written.forEach(
        (name, entry) -> {
          Node.Text key = new Node.Text(entry.line(), name);
          fields
              .parsed("headers", key, headerRules::name)
              .flatMap(n -> fields.parsed(n, entry.value(), v -> headerRules.checked(n, v)))
              .ifPresent(
                  value -> {
                    warnOfBareCredential(name, value, entry.line());
                    merged.remove(name);
                    merged.put(name, value);
                  });
          Integer other = lines.putIfAbsent(TargetName.key(name), entry.line());
          if (other != null) {
            problems.add(entry.line(), NodeReader.duplicate(name, other));
          }
        });
    return merged;
  }

  private void warnOfBareCredential(String name, String value, int line) {
    if (HeaderRules.isBareCredential(name, value)) {
      problems.warn(
          line,
          "header "
              + Quoted.of(name)
              + ": expected a credential by reference, {{env:NAME}} or {{file:PATH}}, found it"
              + " written out");
    }
  }

  private static Schedule interval(String text) {
    if (text.length() > MAX_TIME_SPAN_LENGTH) {
      throw new IllegalArgumentException(
          "every " + Quoted.of(text) + ": expected at most 64 characters");
    }
    Duration interval = parseTimeSpan(text);
    if (interval.isZero() || interval.compareTo(MAX_INTERVAL) > 0) {
      throw new IllegalArgumentException("every '" + text + "': expected 1ms to 3650d");
    }
    return new Schedule.Every(interval);
  }

  private static Duration parseTimeSpan(String text) {
    try {
      return TimeSpan.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("every: " + e.getMessage(), e);
    }
  }

  static int connections(String text) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 64) {
      throw new IllegalArgumentException(
          "connections " + Quoted.of(text) + ": expected a number of 1 to 64");
    }
    return Integer.parseInt(text);
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          "allowUnknownLength " + Quoted.of(text) + ": expected true or false");
    }
    return text.equals("true");
  }
}
