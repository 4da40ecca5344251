package dev.dromedary.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What standard output or standard error is connected to.
 *
 * @param isInteractive whether it is a terminal that can move its cursor
 * @param glyphs what it can show
 * @param size tells its present size
 */
record Terminal(boolean isInteractive, Glyphs glyphs, Supplier<TerminalSize> size) {

  /** Not a terminal. */
  static final Terminal NONE = new Terminal(false, Glyphs.ASCII, () -> TerminalSize.DEFAULT);

  /** Looks at this process's standard output. */
  static Terminal ofStandardOutput() {
    return of(Descriptor.OUT);
  }

  /** Looks at this process's standard error. */
  static Terminal ofStandardError() {
    return of(Descriptor.ERR);
  }

  /** Returns how standard output is read. */
  static Charset outputCharset() {
    return charset(Descriptor.OUT);
  }

  private static Terminal of(Descriptor descriptor) {
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    if (dumb || !isTerminal(descriptor)) {
      return NONE;
    }
    boolean isUnicode = charset(descriptor).newEncoder().canEncode('█');
    Glyphs glyphs = isUnicode ? Glyphs.UNICODE : Glyphs.ASCII;
    return new Terminal(true, glyphs, new WindowSize(() -> ask(descriptor)));
  }

  private static boolean isTerminal(Descriptor descriptor) {
    try {
      Path link = Path.of("/proc/self/fd/" + descriptor.number);
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException noProcFileSystem) {
      return testsAsTerminal(descriptor);
    }
  }

  private static boolean testsAsTerminal(Descriptor descriptor) {
    try {
      Process test = descriptor.shell("test -t " + descriptor.number).start();
      return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
    } catch (IOException noShell) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** JDK 17 names the stream's charset in one property when it is a terminal, 19 in another. */
  private static Charset charset(Descriptor descriptor) {
    for (String prefix : new String[] {"", "sun."}) {
      String name = System.getProperty(prefix + descriptor.stream + ".encoding");
      if (name != null && Charset.isSupported(name)) {
        return Charset.forName(name);
      }
    }
    return Charset.defaultCharset();
  }

  /** Of the stream itself: a process without a controlling terminal has no /dev/tty. */
  private static TerminalSize ask(Descriptor descriptor) {
    try {
      Process stty = descriptor.shell(descriptor.asksSize).start();
      byte[] answer = descriptor.answer(stty).readAllBytes();
      return parse(new String(answer, StandardCharsets.US_ASCII).strip(), System.getenv("COLUMNS"));
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

  /** A stream of this process, which a shell is handed as its own; its other one brings answers. */
  private enum Descriptor {
    OUT(1, "stdout", "stty size <&1 1>&2"),
    ERR(2, "stderr", "stty size <&2 2>/dev/null");

    private final int number;
    private final String stream;
    private final String asksSize;

    Descriptor(int number, String stream, String asksSize) {
      this.number = number;
      this.stream = stream;
      this.asksSize = asksSize;
    }

    private ProcessBuilder shell(String command) {
      ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
      return this == OUT
          ? shell.redirectOutput(ProcessBuilder.Redirect.INHERIT)
          : shell.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private InputStream answer(Process process) {
      return this == OUT ? process.getErrorStream() : process.getInputStream();
    }
  }
}
