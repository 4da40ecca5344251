package dev.dromedary.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.dromedary.app.PollSummary;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON lines: one object a line, in ASCII, every field always there. Thread-safe.
 *
 * <p>{@code {"event":"transfer"}} has {@code at} (ISO 8601, UTC), {@code transfer} and {@code
 * source} (ids), {@code target}, {@code state} (queued, running, retrying, verifying, delivering,
 * landed, unchanged, failed, cancelled), {@code totalBytes} (number or null), {@code
 * receivedBytes}, {@code networkBytes}, {@code seconds}, {@code attempts}, {@code connections},
 * {@code code} (E4404 or null), {@code reason}, {@code nextAttemptAt}, {@code verifiedBy}, {@code
 * landedAt} (text or null). {@code {"event":"startOver"}} has {@code at}, {@code transfer}, {@code
 * source}, {@code target}, {@code reason} (text) and {@code givenUpBytes} (number): what was here
 * of the transfer counts no more. The last line is {@code {"event":"summary"}} with {@code due},
 * {@code landed}, {@code unchanged}, {@code failed}, {@code cancelled} (numbers) and {@code
 * interrupted} (whether a signal ended it before all that was due had ended). Fields are only ever
 * added.
 */
final class JsonLines implements TransferListener {

  private final PrintStream out;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final JsonFactory factory =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  JsonLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onEvent(TransferEvent event) {
    print(json -> write(json, event));
  }

  @Override
  public void onStartOver(StartOver startOver) {
    print(
        json -> {
          json.writeStringField("event", "startOver");
          json.writeStringField("at", startOver.at().toString());
          json.writeStringField("transfer", startOver.transferId());
          json.writeStringField("source", startOver.sourceId());
          json.writeStringField("target", startOver.target());
          json.writeStringField("reason", startOver.reason());
          json.writeNumberField("givenUpBytes", startOver.givenUpBytes());
        });
  }

  /** Prints the last line, once: a signal may come as the poll ends. */
  void summary(PollSummary summary, boolean isInterrupted) {
    if (!isOver.compareAndSet(false, true)) {
      return;
    }
    Tally tally = Tally.of(summary.ended());
    print(
        json -> {
          json.writeStringField("event", "summary");
          json.writeNumberField("due", summary.due());
          json.writeNumberField("landed", tally.count(TransferState.LANDED));
          json.writeNumberField("unchanged", tally.count(TransferState.UNCHANGED));
          json.writeNumberField("failed", tally.count(TransferState.FAILED));
          json.writeNumberField("cancelled", tally.count(TransferState.CANCELLED));
          json.writeBooleanField("interrupted", isInterrupted);
        });
  }

  private static void write(JsonGenerator json, TransferEvent event) throws IOException {
    json.writeStringField("event", "transfer");
    json.writeStringField("at", event.at().toString());
    json.writeStringField("transfer", event.transferId());
    json.writeStringField("source", event.sourceId());
    json.writeStringField("target", event.target());
    json.writeStringField("state", Words.of(event.state()));
    if (event.totalBytes().isPresent()) {
      json.writeNumberField("totalBytes", event.totalBytes().getAsLong());
    } else {
      json.writeNullField("totalBytes");
    }
    json.writeNumberField("receivedBytes", event.receivedBytes());
    json.writeNumberField("networkBytes", event.networkBytes());
    json.writeNumberField("seconds", event.took().toMillis() / 1000.0);
    json.writeNumberField("attempts", event.attempts());
    json.writeNumberField("connections", event.connections());
    text(json, "code", event.code() == null ? null : event.code().label());
    text(json, "reason", event.reason());
    Instant next = event.nextAttemptAt();
    text(json, "nextAttemptAt", next == null ? null : next.toString());
    text(json, "verifiedBy", event.verifiedBy());
    text(json, "landedAt", event.landedAt() == null ? null : event.landedAt().toString());
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  private void print(Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
