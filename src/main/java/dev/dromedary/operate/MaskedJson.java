package dev.dromedary.operate;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Logback's JSON lines without what is secret in URLs: user information and queries are cut out,
 * also of what others log. Named in {@code logback.xml}. Thread-safe.
 */
public final class MaskedJson extends JsonEncoder {

  private static final Pattern SECRET =
      Pattern.compile("(://)[^\\s/?#\"]*@|(://[^\\s\"?]*\\?)[^\\s\"…][^\\s\"]*");

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8);
    return SECRET.matcher(line).replaceAll("$1$2…").getBytes(StandardCharsets.UTF_8);
  }
}
