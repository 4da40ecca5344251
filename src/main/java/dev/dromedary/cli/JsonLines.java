package dev.dromedary.cli;

import dev.dromedary.app.PollSummary;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferFacts;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.UtcTime;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Events as JSON lines: one object a line, in ASCII, every field always there. Thread-safe.
 *
 * <p>The field {@code event} comes first and says which they are: {@code transfer} and {@code
 * startOver} have those of {@link TransferFacts}. The last line is {@code summary}, with {@code at}
 * (when the poll was over), {@code due}, {@code landed}, {@code unchanged}, {@code failed}, {@code
 * cancelled} (numbers) and {@code interrupted} (whether a signal ended it before all that was due
 * had ended).
 */
final class JsonLines implements TransferListener {

  private final PrintStream out;
  private final Clock clock;
  private final AtomicBoolean isOver = new AtomicBoolean();

  JsonLines(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void onEvent(TransferEvent event) {
    print("transfer", TransferFacts.of(event));
  }

  @Override
  public void onStartOver(StartOver startOver) {
    print("startOver", TransferFacts.of(startOver));
  }

  /** Prints the last line, once: a signal may come as the poll ends. */
  void summary(PollSummary summary, boolean isInterrupted) {
    if (!isOver.compareAndSet(false, true)) {
      return;
    }
    Tally tally = Tally.of(summary.ended());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", UtcTime.format(clock.instant()));
    fields.put("due", summary.due());
    fields.put("landed", tally.count(TransferState.LANDED));
    fields.put("unchanged", tally.count(TransferState.UNCHANGED));
    fields.put("failed", tally.count(TransferState.FAILED));
    fields.put("cancelled", tally.count(TransferState.CANCELLED));
    fields.put("interrupted", isInterrupted);
    print("summary", fields);
  }

  private void print(String event, Map<String, Object> fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", event);
    all.putAll(fields);
    String line = Json.line(all);
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
