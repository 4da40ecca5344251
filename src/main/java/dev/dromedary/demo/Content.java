package dev.dromedary.demo;

import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.OptionalLong;

/** The bytes of a body, addressed by position; immutable and thread-safe. */
public sealed interface Content permits GeneratedContent, FixedContent, RepeatedContent {

  /** Returns how many bytes there are, 0 or more. */
  long lengthBytes();

  /** Returns a token that differs where the bytes differ; safe within an ETag. */
  String version();

  /**
   * Returns a view of the bytes at a position without copying them: read-only, of 1 to {@code
   * maxLength} bytes, and empty only where {@code maxLength} is 0.
   *
   * @throws IndexOutOfBoundsException when {@code [position, position + maxLength)} is not inside
   */
  ByteBuffer slice(long position, int maxLength);

  /**
   * Copies the bytes of {@code [position, position + length)} into an array.
   *
   * @throws IndexOutOfBoundsException when either range is not inside
   */
  default void fill(long position, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(position, length, lengthBytes());
    Objects.checkFromIndexSize(offset, length, into.length);
    int done = 0;
    while (done < length) {
      ByteBuffer piece = slice(position + done, length - done);
      int size = piece.remaining();
      piece.get(into, offset + done, size);
      done += size;
    }
  }

  /** Computes the digest of all bytes; 1 GiB of SHA-256 takes one to several seconds. */
  default byte[] digest(DigestAlgorithm algorithm) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.jcaName());
      byte[] buffer = new byte[1 << 16];
      long position = 0;
      while (position < lengthBytes()) {
        int size = (int) Math.min(buffer.length, lengthBytes() - position);
        fill(position, buffer, 0, size);
        digest.update(buffer, 0, size);
        position += size;
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("digest " + algorithm.label() + " is not in this JDK", e);
    }
  }

  /**
   * Finds the first position at which a file differs; the shorter length where one is a prefix of
   * the other, nothing where they are equal. Reads through one buffer of 1 MiB.
   *
   * @throws IOException when the file cannot be read
   */
  default OptionalLong firstMismatch(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer read = ByteBuffer.allocate(1 << 20);
      long position = 0;
      while (channel.read(read.clear()) > 0) {
        read.flip();
        while (read.hasRemaining()) {
          int size = (int) Math.min(read.remaining(), lengthBytes() - position);
          ByteBuffer expected = slice(position, size);
          int found = expected.mismatch(read.slice(read.position(), expected.remaining()));
          if (size == 0 || found >= 0) {
            return OptionalLong.of(position + Math.max(found, 0));
          }
          read.position(read.position() + expected.remaining());
          position += expected.remaining();
        }
      }
      return position < lengthBytes() ? OptionalLong.of(position) : OptionalLong.empty();
    }
  }

  /**
   * Says whether a file holds exactly these bytes.
   *
   * @throws IOException when the file cannot be read
   */
  default boolean matches(Path file) throws IOException {
    return firstMismatch(file).isEmpty();
  }
}
