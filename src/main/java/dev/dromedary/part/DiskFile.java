package dev.dromedary.part;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file on disk that an interrupt does not close. What is large may be written past the page cache
 * (ADR 0017).
 */
final class DiskFile implements StorageFile {

  /**
   * Larger writes into the page cache make some kernels take larger pieces of memory for them,
   * which are seldom at hand (ADR 0016).
   */
  static final int MOST_AT_ONCE = 128 * 1024;

  /**
   * What is in the heap Java copies through memory outside, and each thread keeps that as long as
   * it lives: more would be all there is where many threads have once read (ADR 0023).
   */
  private static final int MOST_OF_HEAP_AT_ONCE = 16 * 1024;

  private final Path path;
  private final FileIdentity identity;
  private final SteadyChannel cached;
  private final DirectWrites direct;
  private final @Nullable WriteWay way;
  private final LongSupplier nanoClock;

  /**
   * Wraps an open file.
   *
   * @param identity which file it is
   * @param cached for what goes through the cache
   * @param way chooses for each large chunk; null when all that can goes past the cache
   */
  DiskFile(
      Path path,
      FileIdentity identity,
      SteadyChannel cached,
      DirectWrites direct,
      @Nullable WriteWay way,
      LongSupplier nanoClock) {
    this.path = path;
    this.identity = identity;
    this.cached = cached;
    this.direct = direct;
    this.way = way;
    this.nanoClock = nanoClock;
  }

  @Override
  public void writeAt(ByteBuffer bytes, long offset) throws IOException {
    int from = bytes.position();
    int end = bytes.limit();
    try {
      while (bytes.position() < end) {
        bytes.limit(Math.min(end, bytes.position() + mostAtOnce(bytes)));
        long written = cached.call(c -> c.write(bytes, offset + bytes.position() - from));
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
  public void writeOutAt(ByteBuffer bytes, long offset) throws IOException {
    DirectWrites.Span span = direct.span(bytes, offset);
    if (way == null || span.from() == span.end()) {
      writeOutAt(bytes, offset, span);
      return;
    }
    boolean isDirect = way.isDirect();
    int length = bytes.remaining();
    long begun = nanoClock.getAsLong();
    if (isDirect) {
      writeOutAt(bytes, offset, span);
    } else {
      writeAt(bytes, offset);
    }
    way.wrote(isDirect, length, nanoClock.getAsLong() - begun);
  }

  private void writeOutAt(ByteBuffer bytes, long offset, DirectWrites.Span span)
      throws IOException {
    int from = bytes.position();
    int end = bytes.limit();
    try {
      writeAt(bytes.limit(span.from()), offset);
      direct.write(bytes.limit(span.end()), offset + span.from() - from);
      writeAt(bytes.limit(end), offset + bytes.position() - from);
    } finally {
      bytes.limit(end);
    }
  }

  @Override
  public int readAt(ByteBuffer bytes, long offset) throws IOException {
    int from = bytes.position();
    int end = bytes.limit();
    bytes.limit(Math.min(end, from + mostAtOnce(bytes)));
    try {
      long read = cached.call(c -> c.read(bytes, offset + bytes.position() - from));
      return bytes.position() > from ? bytes.position() - from : (int) read;
    } finally {
      bytes.limit(end);
    }
  }

  @Override
  public void sync() throws IOException {
    cached.call(
        c -> {
          c.force(false);
          return 0;
        });
  }

  @Override
  public long size() throws IOException {
    return cached.call(c -> c.size());
  }

  @Override
  public void requireInPlace() throws IOException {
    identity.requireInPlace();
  }

  @Override
  public void truncate(long length) throws IOException {
    cached.call(c -> c.truncate(length).size());
  }

  @Override
  public void close() throws IOException {
    try (cached) {
      direct.close();
    }
  }

  private static int mostAtOnce(ByteBuffer bytes) {
    return bytes.isDirect() ? MOST_AT_ONCE : MOST_OF_HEAP_AT_ONCE;
  }
}
