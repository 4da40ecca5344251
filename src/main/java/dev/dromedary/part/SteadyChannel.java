package dev.dromedary.part;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * A channel to a file that an interrupt does not close.
 *
 * <p>{@link FileChannel} closes itself under all its threads when one of them is interrupted during
 * a call. One cancelled part must not end the others, so the file is opened again and the call
 * repeated; one that was interrupted may have moved its buffer all the same, so a call has to go on
 * from where that is. The interrupt stays pending. Thread-safe.
 */
final class SteadyChannel implements AutoCloseable {

  private final Opening opening;
  private final Object reopening = new Object();
  private volatile FileChannel channel;
  private volatile boolean closed;

  /** Begins with an open channel; {@code again} opens another to the same file. */
  SteadyChannel(FileChannel first, Opening again) {
    this.opening = again;
    this.channel = first;
  }

  long call(Call operation) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        FileChannel current = channel;
        try {
          return operation.on(current);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          reopen(current, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (reopening) {
      closed = true;
      channel.close();
    }
  }

  private void reopen(FileChannel broken, ClosedChannelException reason) throws IOException {
    synchronized (reopening) {
      if (closed) {
        throw reason;
      }
      if (channel == broken) {
        channel = opening.open();
      }
    }
  }

  /** Opens the file. */
  @FunctionalInterface
  interface Opening {
    FileChannel open() throws IOException;
  }

  /** Something done with the file. */
  @FunctionalInterface
  interface Call {
    long on(FileChannel channel) throws IOException;
  }
}
