package dev.dromedary.operate;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import dev.dromedary.transfer.MaskedText;

/**
 * Logback's lines of text without what is secret in URLs, also of what others log: the word {@code
 * %masked(…)} of {@link LogSetup}. Without the blank before a stack trace that is not there.
 * Thread-safe.
 */
public final class MaskedLine extends CompositeConverter<ILoggingEvent> {

  @Override
  protected String transform(ILoggingEvent event, String line) {
    return MaskedText.plain(line).stripTrailing();
  }
}
