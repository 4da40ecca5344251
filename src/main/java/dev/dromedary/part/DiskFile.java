package dev.dromedary.part;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file on disk that an interrupt does not close.
 *
 * <p>{@link FileChannel} closes itself under all its threads when one of them is interrupted during
 * a call. One cancelled part must not end the others, so the file is opened again and the call
 * repeated from where the buffer is: a call that is interrupted may have moved it all the same. The
 * interrupt stays pending.
 */
final class DiskFile implements StorageFile {

  /**
   * Larger writes make some kernels take larger pieces of memory for them, which are seldom at hand
   * (ADR 0016). What is in the heap Java copies through memory outside, which each thread keeps.
   */
  static final int MOST_AT_ONCE = 128 * 1024;

  private final Path path;
  private final Object reopening = new Object();
  private volatile FileChannel channel;
  private volatile boolean closed;

  DiskFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public void writeAt(ByteBuffer bytes, long offset) throws IOException {
    int from = bytes.position();
    int end = bytes.limit();
    try {
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + MOST_AT_ONCE));
        long written = call(c -> c.write(bytes, offset + bytes.position() - from));
        if (written <= 0 && bytes.hasRemaining()) {
          int left = end - bytes.position();
          throw new IOException(
              path.getFileName() + ": short write, " + left + " bytes were not taken");
        }
      }
    } finally {
      bytes.limit(end);
    }
  }

  @Override
  public int readAt(ByteBuffer bytes, long offset) throws IOException {
    int from = bytes.position();
    int end = bytes.limit();
    bytes.limit(Math.min(end, from + MOST_AT_ONCE));
    try {
      long read = call(c -> c.read(bytes, offset + bytes.position() - from));
      return bytes.position() > from ? bytes.position() - from : (int) read;
    } finally {
      bytes.limit(end);
    }
  }

  @Override
  public void sync() throws IOException {
    call(
        c -> {
          c.force(false);
          return 0;
        });
  }

  @Override
  public long size() throws IOException {
    return call(FileChannel::size);
  }

  @Override
  public void truncate(long length) throws IOException {
    call(c -> c.truncate(length).size());
  }

  @Override
  public void close() throws IOException {
    synchronized (reopening) {
      closed = true;
      channel.close();
    }
  }

  private long call(ChannelCall operation) throws IOException {
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

  private void reopen(FileChannel broken, ClosedChannelException reason) throws IOException {
    synchronized (reopening) {
      if (closed) {
        throw reason;
      }
      if (channel == broken) {
        channel = FileChannel.open(path, READ, WRITE, NOFOLLOW_LINKS);
      }
    }
  }

  @FunctionalInterface
  private interface ChannelCall {
    long on(FileChannel channel) throws IOException;
  }
}
