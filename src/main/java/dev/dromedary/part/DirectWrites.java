package dev.dromedary.part;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one file that pass by the page cache (ADR 0017). Only what is worth it goes this way:
 * aligned in memory and in the file, large, and on a file system known to do it well. The first one
 * that is refused is the last. Thread-safe.
 */
final class DirectWrites implements AutoCloseable {

  /** What memory, offset and length are multiples of: no block of a disk or page is larger. */
  static final int ALIGNMENT = 4096;

  /** Less is cheaper to copy than to wait for. */
  private static final int LEAST_BYTES = 256 * 1024;

  /** Others do it by the cache, or wait for a server each time. */
  private static final Set<String> FILE_SYSTEMS = Set.of("ext4", "xfs");

  private final Path path;
  private final FileIdentity identity;
  private final Object opening = new Object();
  private boolean isJudged;
  private boolean isRefused;
  private boolean isClosed;
  private @Nullable SteadyChannel channel;

  private DirectWrites(Path path, FileIdentity identity, boolean isRefused) {
    this.path = path;
    this.identity = identity;
    this.isJudged = isRefused;
    this.isRefused = isRefused;
  }

  /** Returns those of a file that exists. */
  static DirectWrites of(Path path, FileIdentity identity) {
    return new DirectWrites(path, identity, false);
  }

  /** Returns those of a file that is not to be written directly. */
  static DirectWrites none(Path path, FileIdentity identity) {
    return new DirectWrites(path, identity, true);
  }

  /** To judge the file system takes as long as to open a file: not where nothing large comes. */
  private boolean isRefused() {
    synchronized (opening) {
      if (!isJudged) {
        isJudged = true;
        isRefused |= !isSupported();
      }
      return isRefused;
    }
  }

  private void refuse() {
    synchronized (opening) {
      isRefused = true;
    }
  }

  private boolean isSupported() {
    try {
      var store = Files.getFileStore(path);
      return FILE_SYSTEMS.contains(store.type()) && ALIGNMENT % store.getBlockSize() == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** What of a buffer is to be written directly, by positions in it. */
  record Span(int from, int end) {}

  /** Returns what of the remaining bytes is to be written directly; empty when nothing is. */
  Span span(ByteBuffer bytes, long offset) {
    int skip = (int) (-offset & (ALIGNMENT - 1));
    int length = (bytes.remaining() - skip) & -ALIGNMENT;
    boolean isWorthIt =
        length >= LEAST_BYTES
            && bytes.isDirect()
            && bytes.alignmentOffset(bytes.position() + skip, ALIGNMENT) == 0
            && !isRefused();
    return isWorthIt
        ? new Span(bytes.position() + skip, bytes.position() + skip + length)
        : new Span(bytes.limit(), bytes.limit());
  }

  /**
   * Writes what remains of a span, or leaves what the file system refuses of it.
   *
   * @throws ClosedChannelException after close: the file may be another's by then
   */
  void write(ByteBuffer bytes, long offset) throws IOException {
    if (!bytes.hasRemaining()) {
      return;
    }
    int from = bytes.position();
    try {
      SteadyChannel open = open();
      long written = 1;
      while (bytes.hasRemaining() && written > 0) {
        written = open.call(c -> c.write(bytes, offset + bytes.position() - from));
      }
      if (bytes.hasRemaining()) {
        refuse();
      }
    } catch (ClosedChannelException | DamagedFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      refuse();
    }
  }

  private SteadyChannel open() throws IOException {
    synchronized (opening) {
      if (isClosed) {
        throw new ClosedChannelException();
      }
      if (channel == null) {
        channel = new SteadyChannel(reopened(), this::reopened);
      }
      return channel;
    }
  }

  private FileChannel reopened() throws IOException {
    return identity.reopen(
        () -> FileChannel.open(path, WRITE, NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT));
  }

  @Override
  public void close() throws IOException {
    synchronized (opening) {
      isClosed = true;
      if (channel != null) {
        channel.close();
      }
    }
  }
}
