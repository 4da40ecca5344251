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
    long end = offset + bytes.remaining();
    while (bytes.hasRemaining()) {
      long written = call(c -> c.write(bytes, end - bytes.remaining()));
      if (written <= 0 && bytes.hasRemaining()) {
        throw new IOException(
            path.getFileName() + ": short write, " + bytes.remaining() + " bytes were not taken");
      }
    }
  }

  @Override
  public int readAt(ByteBuffer bytes, long offset) throws IOException {
    int from = bytes.position();
    long read = call(c -> c.read(bytes, offset + bytes.position() - from));
    return bytes.position() > from ? bytes.position() - from : (int) read;
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
