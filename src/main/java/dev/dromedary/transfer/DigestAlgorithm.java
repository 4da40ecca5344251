package dev.dromedary.transfer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A digest algorithm a file can be verified with. */
public enum DigestAlgorithm {
  /** MD5, 16 bytes; finds damage, not forgery. */
  MD5("md5", "MD5", 16),
  /** SHA-1, 20 bytes; finds damage, not forgery. */
  SHA_1("sha-1", "SHA-1", 20),
  /** SHA-256, 32 bytes. */
  SHA_256("sha-256", "SHA-256", 32),
  /** SHA-512, 64 bytes. */
  SHA_512("sha-512", "SHA-512", 64);

  private final String label;
  private final String jcaName;
  private final int lengthBytes;

  DigestAlgorithm(String label, String jcaName, int lengthBytes) {
    this.label = label;
    this.jcaName = jcaName;
    this.lengthBytes = lengthBytes;
  }

  /** Returns the name users write and read, as in RFC 9530: {@code sha-256}. */
  public String label() {
    return label;
  }

  /** Returns the name for {@code MessageDigest.getInstance}. */
  public String jcaName() {
    return jcaName;
  }

  /** Returns the length of a digest in bytes. */
  public int lengthBytes() {
    return lengthBytes;
  }

  /** Finds an algorithm by label, in any case and with or without the dash. */
  public static Optional<DigestAlgorithm> byLabel(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT).replace("-", "");
    return Arrays.stream(values()).filter(a -> a.label.replace("-", "").equals(wanted)).findFirst();
  }

  /** Finds the algorithm whose digests are written with as many hexadecimal digits. */
  public static Optional<DigestAlgorithm> byDigits(int digits) {
    return Arrays.stream(values()).filter(a -> 2 * a.lengthBytes == digits).findFirst();
  }
}
