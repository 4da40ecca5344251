package dev.dromedary.demo;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a file the origin serves; putting another one under the same path replaces it.
 *
 * @param path the path without a query, as it is asked for; begins with {@code /}
 * @param content its bytes
 * @param etag what kind of ETag is sent
 * @param lastModified what is sent as Last-Modified, to the second; absent: no such header
 * @param contentType what is sent as Content-Type
 * @param ranges whether Range is honoured and announced by Accept-Ranges
 */
public record Resource(
    String path,
    Content content,
    EtagKind etag,
    @Nullable Instant lastModified,
    String contentType,
    boolean ranges) {

  private static final Instant NEWEST = Instant.parse("2026-11-21T06:00:00Z");
  private static final int MONTH_SECONDS = 30 * 86_400;

  public Resource {
    if (!path.startsWith("/") || path.contains("?")) {
      throw new IllegalArgumentException(
          "resource path '" + path + "': expected a leading / and no query");
    }
  }

  /**
   * Creates a binary file with a strong ETag, a Last-Modified that follows from the content, and
   * ranges.
   */
  public static Resource of(String path, Content content) {
    int age = Math.floorMod(content.version().hashCode(), MONTH_SECONDS);
    Instant lastModified = NEWEST.minusSeconds(age);
    return new Resource(
        path, content, EtagKind.STRONG, lastModified, "application/octet-stream", true);
  }

  /** Returns this with another kind of ETag. */
  public Resource withEtag(EtagKind kind) {
    return new Resource(path, content, kind, lastModified, contentType, ranges);
  }

  /** Returns this with another Last-Modified. */
  public Resource withLastModified(Instant time) {
    return new Resource(path, content, etag, time, contentType, ranges);
  }

  /** Returns this without Last-Modified. */
  public Resource withoutLastModified() {
    return new Resource(path, content, etag, null, contentType, ranges);
  }

  /** Returns this with neither ETag nor Last-Modified. */
  public Resource withoutValidators() {
    return withEtag(EtagKind.NONE).withoutLastModified();
  }

  /** Returns this with another content type. */
  public Resource withContentType(String type) {
    return new Resource(path, content, etag, lastModified, type, ranges);
  }

  /** Returns this on a server that knows no ranges. */
  public Resource withoutRanges() {
    return new Resource(path, content, etag, lastModified, contentType, false);
  }

  /** Returns the ETag for one request; {@code requestNumber} matters for one kind only. */
  Optional<String> etagFor(long requestNumber) {
    return switch (etag) {
      case STRONG -> Optional.of('"' + content.version() + '"');
      case WEAK -> Optional.of("W/\"" + content.version() + '"');
      case PER_REQUEST -> Optional.of('"' + content.version() + "-r" + requestNumber + '"');
      case NONE -> Optional.empty();
    };
  }

  /** What kind of ETag a resource has. Source: RFC 9110 §8.8.3. */
  public enum EtagKind {
    /** Equal for equal bytes. */
    STRONG,
    /** Equal for equal bytes but not promised to be. */
    WEAK,
    /** Another one with each answer, as tokenised content networks do. */
    PER_REQUEST,
    /** No ETag. */
    NONE
  }
}
