package dev.dromedary.operate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.routing.OriginCatalog;
import dev.dromedary.routing.SourceCatalog;
import dev.dromedary.source.OriginList;
import dev.dromedary.source.SourceList;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A line of the log in text is one line of key=value, with nothing behind what it says. */
class LogLineTest {

  @Test
  void lineEndsWithItsLastValue() {
    assertThat(line("msg=started sources=3", null)).endsWith(" msg=started sources=3\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "file={}|/a b/c|file=\"/a b/c\"",
        "file={}|/a/c|file=/a/c",
        "reason=\"{}\"|boom|reason=\"boom\"",
        "reason=\"{}\"|boom {\"at\":1}|reason=\"boom {\\\"at\\\":1}\"",
        "reason=\"{}\"|C:\\x|reason=\"C:\\\\x\"",
        "ETag={}|\"abc\"|ETag=\"abc\"",
        "ETag={}|W/\"abc\"|ETag=\"W/\\\"abc\\\"\"",
        "value={}|``|value=\"\"",
        "no fields, {} \"at\" all|a b|no fields, a b \"at\" all"
      })
  void valuesCanBeReadFromIt_whateverTheyHold(String template, String argument, String text) {
    assertThat(line(template, null, argument)).endsWith(" " + text + "\n");
  }

  @Test
  void stackTraceStandsBehindIt_inTheSameLine() {
    assertThat(line("msg=broken", new IllegalStateException("why")))
        .contains(" msg=broken java.lang.IllegalStateException: why|at ")
        .hasLineCount(1);
  }

  @Test
  void problemsOfAListAreOneValue(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("sources.yaml");
    SourceCatalog sources = SourceCatalog.of(file, path -> list(path, new SourceList(List.of())));
    OriginCatalog origins = OriginCatalog.of(file, path -> list(path, OriginList.NONE));
    Files.writeString(file, "edited\n");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.dromedary.routing");
    log.start();
    logger.addAppender(log);
    try {
      sources.refresh();
      origins.refresh();
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .hasSize(2)
        .allSatisfy(
            event -> assertThat(event.getFormattedMessage()).endsWith(" problems=\"a: b 'c'\""));
  }

  @Test
  void failureOfARouteThatNobodyWaitsFor_isToldHoweverLittleIsLogged() {
    String file = System.clearProperty("logback.configurationFile");
    System.setProperty("dromedary.log.libraries", "ERROR");
    LoggerContext context = new LoggerContext();
    try {
      LogSetup setup = new LogSetup();
      setup.setContext(context);
      setup.configure(context);
    } finally {
      System.clearProperty("dromedary.log.libraries");
      if (file != null) {
        System.setProperty("logback.configurationFile", file);
      }
    }

    assertThat(context.getLogger("org.apache.camel.component.seda.SedaConsumer").isWarnEnabled())
        .isTrue();
    assertThat(context.getLogger("org.apache.camel.component.file").isWarnEnabled()).isFalse();
  }

  /** Reads what is not there as given, and refuses what is. */
  private static <T> T list(Path file, T absent) {
    if (Files.exists(file)) {
      throw new DromedaryException(FailureCode.SOURCE_LIST, "a: b 'c'");
    }
    return absent;
  }

  private static String line(String message, @Nullable Throwable thrown, Object... arguments) {
    LoggerContext context = new LoggerContext();
    LogSetup setup = new LogSetup();
    setup.setContext(context);
    PatternLayoutEncoder encoder = (PatternLayoutEncoder) setup.text();
    encoder.setContext(context);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("x"), Level.INFO, message, thrown, arguments);
    event.setMDCPropertyMap(Map.of());
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
