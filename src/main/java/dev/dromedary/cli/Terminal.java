package dev.dromedary.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What standard error is connected to.
 *
 * @param isInteractive whether it is a terminal that can move its cursor
 * @param glyphs what it can show
 * @param size asks for its present size, in a few milliseconds
 */
record Terminal(boolean isInteractive, Glyphs glyphs, Supplier<TerminalSize> size) {

  /** Not a terminal. */
  static final Terminal NONE = new Terminal(false, Glyphs.ASCII, () -> TerminalSize.DEFAULT);

  /** Looks at this process's standard error. */
  static Terminal ofStandardError() {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    if (dumb || !isTerminal()) {
      return NONE;
    }
    Glyphs glyphs = charset().newEncoder().canEncode('█') ? Glyphs.UNICODE : Glyphs.ASCII;
    return new Terminal(true, glyphs, Terminal::ask);
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException noProcFileSystem) {
      return testsAsTerminal();
    }
  }

  private static boolean testsAsTerminal() {
    try {
      Process test =
          new ProcessBuilder("sh", "-c", "test -t 2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException noShell) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** JDK 17 names the stream's charset in one property when it is a terminal, 19 in another. */
  private static Charset charset() {
    for (String key : new String[] {"stderr.encoding", "sun.stderr.encoding"}) {
      String name = System.getProperty(key);
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }

  /** Of standard error itself: a process without a controlling terminal has no /dev/tty. */
  private static TerminalSize ask() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size <&2 2>/dev/null")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return parse(answer, System.getenv("COLUMNS"));
    } catch (IOException noStty) {
      return parse("", System.getenv("COLUMNS"));
    }
  }

  /** Reads {@code ROWS COLUMNS}; without an answer {@code COLUMNS} counts, then the default. */
  static TerminalSize parse(String answer, @Nullable String columns) {
    if (answer.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
      int blank = answer.indexOf(' ');
      return new TerminalSize(
          Integer.parseInt(answer.substring(blank + 1)),
          Integer.parseInt(answer.substring(0, blank)));
    }
    if (columns != null && columns.matches("[1-9]\\d{0,4}")) {
      return new TerminalSize(Integer.parseInt(columns), TerminalSize.DEFAULT.rows());
    }
    return TerminalSize.DEFAULT;
  }
}
