package dev.dromedary.operate;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.dromedary.transfer.MaskedText;
import java.nio.charset.StandardCharsets;

/**
 * Logback's JSON lines without what is secret in URLs, also of what others log. Named in {@link
 * LogSetup}. Thread-safe.
 */
public final class MaskedJson extends JsonEncoder {

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8);
    return MaskedText.json(line).getBytes(StandardCharsets.UTF_8);
  }
}
