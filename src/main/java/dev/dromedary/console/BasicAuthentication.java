package dev.dromedary.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Demands a name and a password. Source: RFC 7617. Thread-safe.
 *
 * <p>Hashing a password takes a while on purpose, so a name that was let in is remembered by a
 * keyed digest of what it sent, for as long as the process lives; and only one password is hashed
 * at a time, so that guessing can occupy no more than that.
 */
final class BasicAuthentication {

  private static final String DIGEST = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  private final Map<String, PasswordHash> hashes;
  private final PasswordHash nobody;
  private final SecretKeySpec key;
  private final Map<String, byte[]> letIn = new ConcurrentHashMap<>();
  private final Semaphore hashing = new Semaphore(1);

  /**
   * Creates it.
   *
   * @param hashes by name, not empty
   */
  BasicAuthentication(Map<String, PasswordHash> hashes, RandomGenerator random) {
    this.hashes = Map.copyOf(hashes);
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, DIGEST);
    int iterations = hashes.values().iterator().next().iterations();
    nobody = new PasswordHash(iterations, bytes, bytes);
  }

  /** Returns the refusal of a request, or nothing for one of a known user. */
  Optional<Reply> refuse(Request request) {
    String sent = request.header("Authorization").orElse("");
    String credentials = decode(sent);
    int colon = credentials.indexOf(':');
    if (colon < 0) {
      return challenge();
    }
    String name = credentials.substring(0, colon);
    byte[] digest = digest(credentials);
    if (MessageDigest.isEqual(letIn.get(name), digest)) {
      return Optional.empty();
    }
    if (!hashing.tryAcquire()) {
      return Optional.of(
          Reply.refusal(503, "another password is being checked").with("Retry-After", "1"));
    }
    try {
      boolean isKnown = hashes.containsKey(name);
      PasswordHash expected = hashes.getOrDefault(name, nobody);
      if (!expected.matches(credentials.substring(colon + 1).toCharArray()) || !isKnown) {
        return challenge();
      }
      letIn.put(name, digest);
      return Optional.empty();
    } finally {
      hashing.release();
    }
  }

  private static Optional<Reply> challenge() {
    return Optional.of(
        Reply.refusal(401, "expected the name and password of a user of the console")
            .with("WWW-Authenticate", "Basic realm=\"dromedary\", charset=\"UTF-8\""));
  }

  private static String decode(String header) {
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return "";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
      return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private byte[] digest(String credentials) {
    try {
      Mac mac = Mac.getInstance(DIGEST);
      mac.init(key);
      return mac.doFinal(credentials.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(DIGEST + ": expected of every Java", e);
    }
  }
}
