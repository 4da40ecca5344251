package dev.dromedary.digest;

import dev.dromedary.transfer.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Lets the JVM compile digests while the program starts, so that the first file is not digested by
 * the interpreter. What counts are calls, not bytes: after some hundred of them the loop over
 * blocks is compiled, with one instruction of the processor for many of the interpreter's.
 */
public final class DigestWarmup {

  private static final int CHUNK_BYTES = 256;
  private static final int CHUNKS = 600;

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
      byte[] zeros = new byte[CHUNK_BYTES];
      for (int i = 0; i < CHUNKS; i++) {
        digest.update(zeros);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
