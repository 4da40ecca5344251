package dev.dromedary.part;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Storage}. Thread-safe: there is no shared position. */
public interface StorageFile extends AutoCloseable {

  /**
   * Writes everything that remains in the buffer.
   *
   * @throws IOException when not all of it could be written; part of it may have been
   */
  void writeAt(ByteBuffer bytes, long offset) throws IOException;

  /**
   * Writes everything that remains in the buffer, as {@link #writeAt}, where it is not read again
   * soon: it need not stay in memory.
   */
  default void writeOutAt(ByteBuffer bytes, long offset) throws IOException {
    writeAt(bytes, offset);
  }

  /** Reads some bytes; returns how many, -1 at the end of the file. */
  int readAt(ByteBuffer bytes, long offset) throws IOException;

  /** Returns after everything written before survives a power cut. */
  void sync() throws IOException;

  /** Returns the length in bytes. */
  long size() throws IOException;

  /**
   * Makes sure that the path it was opened by still names it.
   *
   * @throws IOException when it names another file, or none
   */
  default void requireInPlace() throws IOException {}

  /** Cuts the file to a length in bytes; a shorter file stays as it is. */
  void truncate(long length) throws IOException;

  @Override
  void close() throws IOException;
}
