package dev.dromedary.cli;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A bar for each running transfer, redrawn in place five times a second; what resumes, starts over
 * or ends scrolls up as one line. While it is open, what others print on {@code System.err} goes
 * above the bars too.
 */
final class BarDisplay implements Display {

  private static final int REDRAW_MILLIS = 200;

  private final PrintStream err;
  private final Terminal terminal;
  private final ProgressBoard board;
  private final Clock clock;
  private final Function<TransferEvent, String> words;
  private final Screen screen = new Screen();
  private final List<String> above = new ArrayList<>();
  private final Ticker ticker;
  private Tally ended = Tally.NONE;
  private boolean isClosed;
  private boolean isDrawn;

  private BarDisplay(
      PrintStream err,
      Terminal terminal,
      ProgressBoard board,
      Clock clock,
      Function<TransferEvent, String> words) {
    this.err = err;
    this.terminal = terminal;
    this.board = board;
    this.clock = clock;
    this.words = words;
    this.ticker = Ticker.start("progress-bars", REDRAW_MILLIS, this::draw);
  }

  /**
   * Opens the display and takes over {@code System.err}.
   *
   * @param words says what became of a transfer, in one harmless line
   */
  static BarDisplay open(
      PrintStream err,
      Terminal terminal,
      ProgressBoard board,
      Clock clock,
      Function<TransferEvent, String> words) {
    BarDisplay display = new BarDisplay(err, terminal, board, clock, words);
    System.setErr(new PrintStream(new LineStream(display::say), true, StandardCharsets.UTF_8));
    return display;
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event.state().isTerminal()) {
      ended(event);
    } else if (event.isResume()) {
      resumes(event);
    }
  }

  private synchronized void resumes(TransferEvent event) {
    above(event.sourceId(), words.apply(event));
  }

  private synchronized void ended(TransferEvent event) {
    ended = ended.plus(event.state());
    above(event.sourceId(), words.apply(event));
  }

  @Override
  public synchronized void onStartOver(StartOver startOver) {
    above(startOver.sourceId(), Words.startOver(startOver));
  }

  private void above(String sourceId, String what) {
    above.add(TerminalText.escape(sourceId) + ": " + what);
  }

  private synchronized void say(String line) {
    if (isClosed) {
      err.println(TerminalText.escape(line));
    } else {
      above.add(TerminalText.escape(line));
    }
  }

  private synchronized void draw() {
    if (!isClosed) {
      print(board.running());
    }
  }

  private void print(List<ProgressSnapshot> running) {
    if (running.isEmpty() && above.isEmpty() && !isDrawn) {
      return;
    }
    TerminalSize size = terminal.size().get();
    List<String> rows = ProgressView.rows(size, terminal.glyphs(), running, ended, clock.instant());
    err.print(screen.replace(size.columns(), above, rows));
    err.flush();
    above.clear();
    isDrawn = !rows.isEmpty();
  }

  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    ticker.close();
    print(List.of());
    isClosed = true;
    System.setErr(err);
  }
}
