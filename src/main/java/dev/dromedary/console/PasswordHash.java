package dev.dromedary.console;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: {@code pbkdf2-sha256:ITERATIONS:SALT:HASH}, the last two in Base64.
 * Source: RFC 8018 §5.2.
 *
 * @param iterations 100,000 to 10,000,000
 * @param salt 16 bytes or more
 * @param hash 32 bytes
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {

  static final String SCHEME = "pbkdf2-sha256";
  static final int MIN_ITERATIONS = 100_000;
  static final int MAX_ITERATIONS = 10_000_000;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  PasswordHash {
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException(
          "iterations " + iterations + ": expected " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
    }
    if (salt.length < SALT_BYTES || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException(
          "expected a salt of " + SALT_BYTES + " bytes or more and a hash of " + HASH_BYTES);
    }
    salt = salt.clone();
    hash = hash.clone();
  }

  /** Hashes a password with a new salt. */
  static PasswordHash of(char[] password, int iterations, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, iterations, salt));
  }

  /**
   * Reads what {@link #text()} wrote.
   *
   * @throws IllegalArgumentException when it is something else; the message does not repeat it
   */
  static PasswordHash parse(String text) {
    String[] fields = text.split(":", -1);
    if (fields.length != 4 || !fields[0].equals(SCHEME) || !fields[1].matches("\\d{1,8}")) {
      throw new IllegalArgumentException("expected " + SCHEME + ":ITERATIONS:SALT:HASH");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new PasswordHash(
        Integer.parseInt(fields[1]), base64.decode(fields[2]), base64.decode(fields[3]));
  }

  /** Says whether this is the hash of a password; takes as long for a wrong one. */
  boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, iterations, salt));
  }

  /** Returns how it is written. */
  String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        ":",
        SCHEME,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }

  private static byte[] derive(char[] password, int iterations, byte[] salt) {
    PBEKeySpec key = new PBEKeySpec(password, salt, iterations, HASH_BYTES * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + ": expected of every Java", e);
    } finally {
      key.clearPassword();
    }
  }
}
