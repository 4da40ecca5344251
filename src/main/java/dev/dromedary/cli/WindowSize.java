package dev.dromedary.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * The size of a terminal's window, which is asked for once, and again when a signal says that it
 * may be another: bars are drawn five times a second, and asking begins a process, for which the
 * JDK, where it may open too few files, closes others. Thread-safe.
 */
final class WindowSize implements Supplier<TerminalSize> {

  private final Supplier<TerminalSize> asked;
  private int changes;
  private @Nullable TerminalSize known;

  WindowSize(Supplier<TerminalSize> asked) {
    this.asked = asked;
  }

  @Override
  public synchronized TerminalSize get() {
    int told = Changes.TOLD.get();
    if (known == null || changes != told) {
      changes = told;
      known = asked.get();
    }
    return known;
  }

  /** What signals tell: a window has another size, or the process is in the foreground again. */
  private static final class Changes {

    static final AtomicInteger TOLD = new AtomicInteger();

    static {
      for (String signal : List.of("WINCH", "CONT")) {
        Signal.handle(new Signal(signal), changed -> TOLD.incrementAndGet());
      }
    }

    private Changes() {}
  }
}
