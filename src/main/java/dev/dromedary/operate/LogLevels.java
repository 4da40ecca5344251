package dev.dromedary.operate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** How much the program logs, changeable while it runs. Thread-safe. */
final class LogLevels {

  private static final String OWN = "dev.dromedary";
  private static final List<String> LOGGERS =
      Stream.concat(Stream.of(OWN), LogSetup.OF_TRANSFERS.stream()).toList();

  String level() {
    return LoggerFactory.getLogger(OWN) instanceof Logger own
        ? own.getEffectiveLevel().toString()
        : "unknown";
  }

  /** Sets the level of this program's loggers; those of libraries stay. */
  void level(String text) {
    Level level = Level.toLevel(text.strip(), null);
    if (level == null || level == Level.ALL || level == Level.OFF) {
      throw new IllegalArgumentException(
          "log level '" + text + "': expected ERROR, WARN, INFO, DEBUG or TRACE");
    }
    for (String name : LOGGERS) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        logger.setLevel(level);
      }
    }
  }
}
