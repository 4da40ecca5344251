package dev.dromedary.app;

import dev.dromedary.console.ConsoleSettings;
import dev.dromedary.origin.AddressGuard;
import dev.dromedary.part.DirectWriting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The judged text of every setting, read as its type. Not thread-safe. */
final class CanonicalTexts {

  private final EnumMap<SettingKey, String> texts;

  CanonicalTexts(EnumMap<SettingKey, String> texts) {
    this.texts = new EnumMap<>(texts);
  }

  /** Sets what was left empty. */
  void fill(SettingKey key, String text) {
    if (text(key).isEmpty()) {
      texts.put(key, text);
    }
  }

  String text(SettingKey key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("setting " + key.key() + ": expected a value, found none");
    }
    return text;
  }

  @Nullable Path optionalPath(SettingKey key) {
    return text(key).isEmpty() ? null : path(key);
  }

  Path path(SettingKey key) {
    return Path.of(text(key));
  }

  Duration duration(SettingKey key) {
    return Duration.ofMillis(bytes(key));
  }

  int number(SettingKey key) {
    return Math.toIntExact(bytes(key));
  }

  long bytes(SettingKey key) {
    return Long.parseLong(text(key));
  }

  Map<String, String> asProperties() {
    Map<String, String> properties = new TreeMap<>();
    texts.forEach((key, text) -> properties.put(key.key(), key.type().shown(text)));
    return properties;
  }

  Settings.Part part() {
    return new Settings.Part(
        number(SettingKey.PART_CHUNK_SIZE),
        DirectWriting.valueOf(text(SettingKey.PART_DIRECT_WRITES).toUpperCase(Locale.ROOT)),
        bytes(SettingKey.PART_SYNC_BYTES),
        duration(SettingKey.PART_SYNC_INTERVAL),
        number(SettingKey.PART_CONNECTIONS));
  }

  Settings.Http http() {
    return new Settings.Http(
        number(SettingKey.ORIGIN_CONNECTIONS),
        duration(SettingKey.HTTP_CONNECT_TIMEOUT),
        duration(SettingKey.HTTP_FIRST_BYTE_TIMEOUT),
        duration(SettingKey.HTTP_STALL_TIMEOUT),
        bytes(SettingKey.HTTP_MIN_SPEED),
        duration(SettingKey.HTTP_MIN_SPEED_WINDOW),
        number(SettingKey.HTTP_MAX_REDIRECTS),
        optionalPath(SettingKey.HTTP_CA_FILE),
        text(SettingKey.HTTP_USER_AGENT),
        guard(),
        text(SettingKey.HTTP_PROXY));
  }

  private AddressGuard guard() {
    String scope = text(SettingKey.HTTP_GUARD).toUpperCase(Locale.ROOT);
    return AddressGuard.of(AddressGuard.Scope.valueOf(scope), text(SettingKey.HTTP_GUARD_ALLOW));
  }

  @Nullable ConsoleSettings console() {
    int port = number(SettingKey.CONSOLE_PORT);
    return port < 0
        ? null
        : new ConsoleSettings(
            text(SettingKey.CONSOLE_BIND),
            port,
            Set.of(text(SettingKey.CONSOLE_HOSTS).split(",")),
            optionalPath(SettingKey.CONSOLE_PASSWORD_FILE),
            optionalPath(SettingKey.CONSOLE_KEYSTORE),
            optionalPath(SettingKey.CONSOLE_KEYSTORE_PASSWORD_FILE));
  }

  Settings.Retry retry() {
    return new Settings.Retry(
        number(SettingKey.RETRY_TRIES),
        duration(SettingKey.RETRY_BACKOFF),
        duration(SettingKey.RETRY_BACKOFF_MAX),
        duration(SettingKey.RETRY_MAX_RETRY_AFTER),
        duration(SettingKey.RETRY_WRONG_DIGEST));
  }
}
