package dev.dromedary.operate;

import static ch.qos.logback.core.encoder.JsonEscapeUtil.jsonEscapeString;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.dromedary.transfer.MaskedText;
import dev.dromedary.transfer.UtcTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object a line, with the fields of a line of text under the same names, each a field of its
 * own, the time in UTC, and without what is secret in URLs, also of what others log. Named in
 * {@link LogSetup}. Thread-safe.
 */
public final class MaskedJson extends JsonEncoder {

  /** The encoder escapes each slash, which JSON allows and who searches a log does not expect. */
  private static final String ESCAPED_SLASH = "\\/";

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    fields(event).forEach((key, value) -> append(line, key, value));
    if (event.getThrowableProxy() != null) {
      appendThrowableProxy(line, THROWABLE_ATTR_NAME, event.getThrowableProxy());
    }
    String json = line.append("}\n").toString().replace(ESCAPED_SLASH, "/");
    return MaskedText.json(json).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> fields(ILoggingEvent event) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Instant at = Instant.ofEpochMilli(event.getTimeStamp());
    fields.put("time", UtcTime.format(at));
    fields.put("level", String.valueOf(event.getLevel()));
    fields.put(
        "logger", event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1));
    fields.put("thread", event.getThreadName());
    fields.putAll(event.getMDCPropertyMap());
    fields.putAll(LogFields.of(String.valueOf(event.getMessage()), event.getArgumentArray()));
    return fields;
  }

  private static void append(StringBuilder line, String key, @Nullable Object value) {
    line.append(line.isEmpty() ? '{' : ',').append('"').append(jsonEscapeString(key)).append("\":");
    if (value == null || value instanceof Boolean || isFinite(value)) {
      line.append(value);
    } else {
      line.append('"').append(jsonEscapeString(value.toString())).append('"');
    }
  }

  /** JSON has no infinite numbers, and none that are none. */
  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }
}
