package dev.dromedary.app;

import dev.dromedary.app.PropertyLines.Property;
import dev.dromedary.console.ConsoleSettings;
import dev.dromedary.source.TargetName;
import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.TimeSpan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings while they are read: defaults, and over them what came so far. Not thread-safe. */
final class SettingsDraft {

  private static final List<String> KEYS =
      Arrays.stream(SettingKey.values()).map(SettingKey::key).toList();

  private static final String OWN = "dromedary";

  private record Place(String file, int line) {}

  private final Path base;
  private final List<Problem> problems;
  private final EnumMap<SettingKey, String> texts = new EnumMap<>(SettingKey.class);
  private final EnumMap<SettingKey, Place> places = new EnumMap<>(SettingKey.class);
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, String> passThrough = new TreeMap<>();

  SettingsDraft(Path base, List<Problem> problems) {
    this.base = base;
    this.problems = problems;
    for (SettingKey key : SettingKey.values()) {
      putDefault(key);
    }
  }

  /** Takes a key over what was there; what is not as expected becomes a problem. */
  void put(Property property, String file) {
    Place place = new Place(file, property.line());
    if (!property.key().startsWith(SettingKey.PREFIX)) {
      judgeForeign(property.key(), place);
      passThrough.put(property.key(), property.value());
      return;
    }
    Integer other = lines.putIfAbsent(property.key(), property.line());
    if (other != null) {
      add(place, property.key() + ": expected once, line " + other + " has it too");
    }
    Optional<SettingKey> key = SettingKey.byKey(property.key());
    if (key.isEmpty()) {
      String hint = NearestName.hint(property.key(), KEYS);
      add(place, property.key() + ": expected a known key" + hint);
    }
    key.ifPresent(known -> putKnown(known, property.value(), place));
  }

  /** Routes may have keys of their own; one that is nearly ours is not meant for them. */
  private void judgeForeign(String key, Place place) {
    String first = key.substring(0, Math.max(0, key.indexOf('.')));
    boolean isMisspelt = NearestName.of(first.toLowerCase(Locale.ROOT), List.of(OWN)).isPresent();
    if (isMisspelt || SettingKey.byKey(SettingKey.PREFIX + key).isPresent()) {
      String meant = SettingKey.PREFIX + (isMisspelt ? key.substring(first.length() + 1) : key);
      add(place, key + ": expected " + meant);
    }
  }

  /** Lets the next keys come from elsewhere, where the same keys may stand again. */
  void forgetLines() {
    lines.clear();
  }

  /** Judges what depends on more than one key. */
  void judgeTogether() {
    CanonicalTexts values = new CanonicalTexts(texts);
    Duration first = values.duration(SettingKey.RETRY_BACKOFF);
    Duration longest = values.duration(SettingKey.RETRY_BACKOFF_MAX);
    if (longest.compareTo(first) < 0) {
      refuse(
          SettingKey.RETRY_BACKOFF,
          TimeSpan.exact(first),
          SettingKey.RETRY_BACKOFF_MAX,
          "at most dromedary.retry.backoff-max, which is " + TimeSpan.exact(longest));
    }
    String bind = values.text(SettingKey.CONSOLE_BIND);
    boolean isOpen = values.number(SettingKey.CONSOLE_PORT) >= 0;
    boolean asksNobody = values.text(SettingKey.CONSOLE_PASSWORD_FILE).isEmpty();
    if (isOpen && asksNobody && !ConsoleSettings.isLoopback(bind)) {
      refuse(
          SettingKey.CONSOLE_BIND,
          bind,
          SettingKey.CONSOLE_PORT,
          "a loopback address, or dromedary.console.password-file beside it");
    }
    Path work = values.path(SettingKey.WORK);
    Path landing = values.path(SettingKey.LANDING);
    if (landing.startsWith(work)) {
      refuse(
          SettingKey.LANDING,
          landing.toString(),
          SettingKey.WORK,
          "a directory outside dromedary.work");
    } else if (work.startsWith(landing)
        && !work.startsWith(landing.resolve(TargetName.WORK_DIRECTORY))) {
      refuse(
          SettingKey.WORK,
          work.toString(),
          SettingKey.LANDING,
          "a directory outside dromedary.landing, or .dromedary in it");
    }
  }

  EnumMap<SettingKey, String> texts() {
    return texts;
  }

  Map<String, String> passThrough() {
    return passThrough;
  }

  private void putKnown(SettingKey key, String text, Place place) {
    try {
      texts.put(key, key.type().canonical(text.strip(), base));
      places.put(key, place);
    } catch (IllegalArgumentException | ArithmeticException e) {
      add(
          place,
          key.key()
              + " '"
              + key.type().shown(text)
              + "': expected "
              + key.type().expectation(text));
    }
  }

  /** What two keys make together is told once; their defaults stand in for both. */
  private void refuse(SettingKey key, String found, SettingKey other, String expected) {
    Place own = places.get(key);
    Place place = own == null ? places.get(other) : own;
    add(
        place == null ? new Place("defaults", 0) : place,
        key.key() + " '" + found + "': expected " + expected);
    putDefault(key);
    putDefault(other);
  }

  private void putDefault(SettingKey key) {
    texts.put(key, key.defaultAt(base));
  }

  private void add(Place place, String message) {
    problems.add(new Problem(place.file(), place.line(), message));
  }
}
