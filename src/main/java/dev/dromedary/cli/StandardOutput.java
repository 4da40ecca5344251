package dev.dromedary.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, of which is known at the end whether all of it was written: a stream that prints
 * keeps that, and why, to itself. Thread-safe.
 */
final class StandardOutput extends PrintStream {

  /** Whoever read it has what they wanted. */
  private static final String UNREAD = "Broken pipe";

  private final Written written;

  StandardOutput(OutputStream to, Charset charset) {
    this(new Written(to), charset);
  }

  private StandardOutput(Written written, Charset charset) {
    super(written, true, charset);
    this.written = written;
  }

  /** Opens that of this process. */
  static StandardOutput ofThisProcess() {
    return new StandardOutput(new FileOutputStream(FileDescriptor.out), Terminal.outputCharset());
  }

  /**
   * Complains of what could not be written, unless nobody reads it any more.
   *
   * @param status what the command ended with
   * @return the status to end with
   */
  int end(int status, PrintStream err) {
    flush();
    IOException lost = written.lost;
    if (lost == null || UNREAD.equals(lost.getMessage())) {
      return status;
    }
    err.println(
        "dromedary: standard output: could not be written: "
            + TerminalText.escape(String.valueOf(lost.getMessage())));
    return status == ExitStatus.OK ? ExitStatus.FAILED : status;
  }

  /** Remembers the first failure. */
  private static final class Written extends FilterOutputStream {

    private volatile @Nullable IOException lost;

    Written(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
        out.flush();
      } catch (IOException e) {
        if (lost == null) {
          lost = e;
        }
        throw e;
      }
    }
  }
}
