package dev.dromedary.digest;

import dev.dromedary.transfer.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Lets the JVM compile digests while the program starts, so that the first file is not digested by
 * the interpreter: a thirtieth of the speed, which looks like a slow server.
 *
 * <p>What makes it compile are calls, not bytes. They are of all kinds, also those that end a
 * digest or leave a block half full: code that was compiled without having seen one is thrown away
 * when it comes. Compiling is done beside; it ends when a large piece is digested as fast as by
 * compiled code, or has not been after some milliseconds.
 */
public final class DigestWarmup {

  private static final int CHUNK_BYTES = 256;
  private static final int PART_OF_BLOCK_BYTES = 20;
  private static final int CHUNKS = 600;

  private static final int LARGE_BYTES = 16 * 1024;
  private static final int MOST_LARGE = 100;

  /** A large piece within this is half a gigabyte a second. */
  private static final long COMPILED_NANOS = 33_000;

  private DigestWarmup() {}

  /** Digests some zeros on a daemon thread and ends. */
  public static Thread start() {
    Thread thread = new Thread(DigestWarmup::run, "digest-warmup");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void run() {
    try {
      MessageDigest digest = MessageDigest.getInstance(DigestAlgorithm.SHA_256.jcaName());
      callOften(digest);
      awaitCompiled(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void callOften(MessageDigest digest) {
    byte[] zeros = new byte[CHUNK_BYTES];
    for (int i = 1; i <= CHUNKS; i++) {
      digest.update(zeros, 0, i % 4 == 0 ? PART_OF_BLOCK_BYTES : CHUNK_BYTES);
      if (i % 16 == 0) {
        digest.digest();
      }
    }
  }

  private static void awaitCompiled(MessageDigest digest) {
    byte[] large = new byte[LARGE_BYTES];
    for (int i = 0; i < MOST_LARGE; i++) {
      long begun = System.nanoTime();
      digest.update(large);
      if (System.nanoTime() - begun < COMPILED_NANOS) {
        return;
      }
    }
  }
}
