package dev.dromedary.part;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the part file of a source and what belongs to it are; resolves, does no I/O.
 *
 * <p>A name is a readable slug of the id and the start of its SHA-256, so that no id leaves the
 * staging directory or meets another id's file, on file systems that ignore case included.
 * Thread-safe.
 *
 * @param staging the directory of all part files
 */
public record PartPaths(Path staging) {

  private static final int MAX_SLUG_CHARACTERS = 80;

  /** Where few ids can have one slug, as those that differ in case or punctuation. */
  private static final int HASH_BYTES = 4;

  /** Where the slug leaves much out, many thousands of ids may share one. */
  private static final int LONG_HASH_BYTES = 16;

  /** Returns where the bytes of the source wait. */
  public Path partFile(String sourceId) {
    return staging.resolve(name(sourceId));
  }

  /** Returns where the journal of the part file is. */
  public Path journal(String sourceId) {
    return staging.resolve(name(sourceId) + ".journal");
  }

  /** Returns where a journal is written before it replaces the current one. */
  Path newJournal(String sourceId) {
    return staging.resolve(name(sourceId) + ".journal.new");
  }

  /** Returns where a rejected part file is kept for its owner to look at. */
  public Path setAside(String sourceId) {
    return staging.resolve(name(sourceId) + ".rejected");
  }

  /** Returns where it is noted what that is. */
  Path setAsideNote(String sourceId) {
    return staging.resolve(name(sourceId) + ".rejected.journal");
  }

  private static String name(String sourceId) {
    String safe = sourceId.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
    String slug = safe.substring(0, Math.min(safe.length(), MAX_SLUG_CHARACTERS));
    boolean tellsTheId =
        slug.length() == safe.length() && sourceId.chars().allMatch(letter -> letter < 128);
    int hashBytes = tellsTheId ? HASH_BYTES : LONG_HASH_BYTES;
    return slug + "-" + hash(sourceId, hashBytes) + ".part";
  }

  private static String hash(String sourceId, int bytes) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(sourceId.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
