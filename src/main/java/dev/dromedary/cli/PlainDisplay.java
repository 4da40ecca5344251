package dev.dromedary.cli;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.StartOver;
import dev.dromedary.observe.TransferEvent;
import java.io.PrintStream;
import java.time.Clock;
import java.util.function.Function;

/** One line a state change, and now and then one for what runs: for logs and pipes. */
final class PlainDisplay implements Display {

  private final PrintStream err;
  private final ProgressBoard board;
  private final Clock clock;
  private final Function<TransferEvent, String> words;
  private final PlainProgress progress = new PlainProgress();
  private final Ticker ticker;

  PlainDisplay(
      PrintStream err, ProgressBoard board, Clock clock, Function<TransferEvent, String> words) {
    this.err = err;
    this.board = board;
    this.clock = clock;
    this.words = words;
    this.ticker = Ticker.start("progress-lines", 1000, this::tick);
  }

  private void tick() {
    progress.lines(board.running(), clock.instant()).forEach(err::println);
  }

  @Override
  public void onEvent(TransferEvent event) {
    say(event.sourceId(), words.apply(event));
  }

  @Override
  public void onStartOver(StartOver startOver) {
    say(startOver.sourceId(), Words.startOver(startOver));
  }

  private void say(String sourceId, String what) {
    err.println(TerminalText.escape(sourceId) + ": " + what);
  }

  @Override
  public void close() {
    ticker.close();
  }
}
