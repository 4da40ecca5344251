package dev.dromedary.operate;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of an event in a form that its fields can be read from again. */
final class FieldText extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return LogFields.text(event.getMessage(), event.getArgumentArray());
  }
}
