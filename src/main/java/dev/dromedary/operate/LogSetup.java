package dev.dromedary.operate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.pattern.DynamicConverter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sets up the log: one line an event, key=value or JSON, with the ids of the MDC, on standard error
 * or in a file that is rotated. What is in system properties the command line sets before the first
 * logger is made. Queries and user information of URLs are cut out, also of what others log.
 *
 * <p>In Java because reading the same from XML took a tenth of a start. {@code
 * -Dlogback.configurationFile=FILE} takes its place.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

  private static final String LINE =
      "%nopex%masked(%replace(time=%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} level=%level"
          + " logger=%logger{0} thread=\"%thread\" %replace(%mdc){', ', ' '} %fields"
          + " %ex{STACK}){'\\p{Cntrl}+', '|'}){text}%n";

  /** Whose talk is their own; any other logger is one that a route names. */
  private static final List<String> LIBRARIES =
      List.of(
          "ch.qos",
          "com.fasterxml",
          "com.mchange",
          "com.sun",
          "com.zaxxer",
          "io.github",
          "io.leangen",
          "io.micrometer",
          "io.prometheus",
          "org.apache",
          "org.flywaydb",
          "org.jdbi",
          "org.jolokia",
          "org.quartz",
          "org.snakeyaml",
          "org.sqlite",
          "org.yaml",
          "picocli",
          "sun");

  /** What each transfer tells of itself where it is shown, also that its host rests. */
  static final List<String> OF_TRANSFERS =
      List.of("dev.dromedary.transfers", "dev.dromedary.routing.HostBreakers");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getStatusManager().add(new NopStatusListener());
    LIBRARIES.forEach(library -> level(context, library, property("libraries", "WARN")));
    level(context, "dev.dromedary", property("level", "INFO"));
    OF_TRANSFERS.forEach(logger -> level(context, logger, property("transfers", "INFO")));
    // What keeps the routes from starting is thrown, too, and told by the command line.
    level(context, "org.apache.camel.impl.engine.AbstractCamelContext", "OFF");
    // A stop before the first part of a transfer makes it look for a part that was never handed
    // out.
    level(context, "org.apache.camel.processor.MulticastProcessor", "ERROR");
    // It removes what other processes left, which may have been faster.
    level(context, "org.sqlite.SQLiteJDBCLoader", "OFF");
    // What fails in a route behind a seda: endpoint it alone tells, and somebody must act on it.
    level(context, "org.apache.camel.component.seda.SedaConsumer", "WARN");
    // These would write credentials out, whatever level is asked for.
    level(context, "org.apache.hc", "INFO");
    level(context, "org.apache.camel.component.http", "INFO");
    level(context, "ROOT", property("users", "INFO"));
    OutputStreamAppender<ILoggingEvent> appender = appender(property("appender", "text-stderr"));
    appender.start();
    context.getLogger("ROOT").addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private OutputStreamAppender<ILoggingEvent> appender(String name) {
    boolean isJson = name.startsWith("json-");
    OutputStreamAppender<ILoggingEvent> appender =
        name.endsWith("-file") ? file(property(isJson ? "json-file" : "text-file", "")) : stderr();
    appender.setName(name);
    appender.setContext(getContext());
    appender.setEncoder(started(isJson ? json() : text()));
    return appender;
  }

  private static OutputStreamAppender<ILoggingEvent> stderr() {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return appender;
  }

  private OutputStreamAppender<ILoggingEvent> file(String path) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setFile(path);
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(getContext());
    rolling.setParent(appender);
    rolling.setFileNamePattern(path + ".%d{yyyy-MM-dd}.%i.gz");
    rolling.setMaxFileSize(FileSize.valueOf(property("max-size", "50MB")));
    rolling.setMaxHistory(Integer.parseInt(property("keep", "14")));
    appender.setContext(getContext());
    rolling.start();
    appender.setRollingPolicy(rolling);
    return appender;
  }

  /** Returns the encoder of lines of text, not started. */
  Encoder<ILoggingEvent> text() {
    Map<String, Supplier<DynamicConverter<?>>> words =
        Map.of("masked", MaskedLine::new, "fields", FieldText::new);
    getContext().putObject(CoreConstants.PATTERN_RULE_REGISTRY_FOR_SUPPLIERS, words);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(LINE.replace("STACK", property("stack", "20")));
    return encoder;
  }

  private static Encoder<ILoggingEvent> json() {
    return new MaskedJson();
  }

  private Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder) {
    encoder.setContext(getContext());
    encoder.start();
    return encoder;
  }

  private static void level(LoggerContext context, String logger, String level) {
    context.getLogger(logger).setLevel(Level.toLevel(level));
  }

  private static String property(String name, String otherwise) {
    return System.getProperty("dromedary.log." + name, otherwise);
  }
}
