package dev.dromedary.source;

import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.TimeSpan;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the keys a source and the defaults have in common. */
final class SharedKeys {

  private static final String ALLOW_UNKNOWN_LENGTH = "allowUnknownLength";
  private static final String ALLOW_CONTENT_ENCODING = "allowContentEncoding";

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
                  ALLOW_UNKNOWN_LENGTH,
                  ALLOW_CONTENT_ENCODING),
              GuardKeys.NAMES.stream())
          .toList();

  private static final int MAX_TIME_SPAN_LENGTH = 64;
  private static final Duration MAX_INTERVAL = Duration.ofDays(3650);

  private final Problems problems;
  private final HeaderKeys headers;
  private final GuardKeys guards;
  private final Clock clock;
  private Schedule.@Nullable Cron latest;

  /** Reads them; {@code clock} tells whether a schedule is over. */
  SharedKeys(Problems problems, HeaderRules headerRules, Clock clock) {
    this.problems = problems;
    this.headers = new HeaderKeys(problems, headerRules);
    this.guards = new GuardKeys(problems);
    this.clock = clock;
  }

  /** Returns the defaults with what the fields say put over them. */
  SourceDefaults over(SourceDefaults defaults, Fields fields) {
    ZoneId zone = fields.value("zone", CronSchedule::zone).orElse(defaults.zone());
    Optional<Integer> connections = fields.value("connections", SharedKeys::connections);
    return new SourceDefaults(
        schedule(defaults, fields, zone),
        zone,
        headers.over(defaults.headers(), fields),
        connections.map(OptionalInt::of).orElse(defaults.connections()),
        fields
            .value("rate", ByteRate::parse)
            .map(rate -> rate == 0 ? OptionalLong.empty() : OptionalLong.of(rate))
            .orElse(defaults.bytesPerSecond()),
        truth(ALLOW_UNKNOWN_LENGTH, fields).orElse(defaults.allowUnknownLength()),
        truth(ALLOW_CONTENT_ENCODING, fields).orElse(defaults.allowContentEncoding()),
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
    Optional<Schedule> cron =
        fields
            .<Schedule>value("cron", text -> cron(text, zone, fields))
            .or(() -> fields.has("cron") ? Optional.of(refused(zone)) : Optional.empty());
    if (fields.has("every") && fields.has("cron")) {
      int line = Math.max(fields.lineOf("every"), fields.lineOf("cron"));
      problems.add(line, "every and cron: expected one of them, found both");
    }
    if (defaults.schedule() instanceof Schedule.Cron inherited && !fields.has("every")) {
      return cron.orElse(new Schedule.Cron(inherited.expression(), zone));
    }
    return every.or(() -> cron).orElse(defaults.schedule());
  }

  /**
   * A list with a refused expression is not used; this keeps zones beside it from being refused.
   */
  private static Schedule refused(ZoneId zone) {
    return new Schedule.Cron("", zone);
  }

  /**
   * Judges an expression, and warns of it, once, however many sources in a row have it: judging
   * costs the most.
   */
  private Schedule.Cron cron(String text, ZoneId zone, Fields fields) {
    Schedule.Cron known = latest;
    if (known == null || !known.expression().equals(text) || !known.zone().equals(zone)) {
      known = CronSchedule.parse(text, zone);
      latest = known;
      if (CronSchedule.nextAfter(known, clock.instant()).isEmpty()) {
        problems.warn(
            fields.lineOf("cron"),
            "cron " + Quoted.of(text) + ": expected a time to come, found none");
      }
    }
    return known;
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

  private static Optional<Boolean> truth(String key, Fields fields) {
    return fields.value(key, text -> truth(key, text));
  }

  private static boolean truth(String key, String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(key + " " + Quoted.of(text) + ": expected true or false");
    }
    return text.equals("true");
  }
}
