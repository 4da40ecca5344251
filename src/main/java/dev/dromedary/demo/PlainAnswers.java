package dev.dromedary.demo;

import dev.dromedary.transfer.ByteRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server that follows RFC 9110 answers: conditional requests (§13) before ranges (§14). Of
 * several ranges in one request it makes use of the right to send everything.
 */
final class PlainAnswers {

  private PlainAnswers() {}

  static Answer answer(Asked asked) {
    String method = asked.head().method();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return error(asked, 405, "only GET and HEAD here\n").add("Allow", "GET, HEAD").closing();
    }
    Resource resource = asked.resource();
    return resource == null
        ? error(asked, 404, "no such file\n")
        : represent(asked.head(), resource, new Version(asked, resource));
  }

  /** Returns an answer with a short text and the fields of every answer. */
  static Answer error(Asked asked, int status, String text) {
    List<Field> fields = new ArrayList<>(common(asked));
    fields.add(new Field("Content-Type", "text/plain; charset=utf-8"));
    return Answer.of(status, fields, FixedContent.of(text));
  }

  private static Answer represent(RequestHead head, Resource resource, Version version) {
    Content content = resource.content();
    if (version.isKnownTo(head)) {
      Answer whole = Answer.of(304, version.fields(), FixedContent.of(""));
      return whole.remove("Content-Length");
    }
    Answer whole =
        Answer.of(200, version.fields(), content).add("Content-Type", resource.contentType());
    Optional<String> wanted = head.header("Range");
    boolean honoured =
        wanted.isPresent() && resource.ranges() && !head.isHead() && version.mayBeRanged(head);
    RangeHeader range =
        RangeHeader.parse(honoured ? wanted : Optional.empty(), content.lengthBytes());
    return switch (range.kind()) {
      case IGNORED -> whole;
      case UNSATISFIABLE ->
          Answer.of(416, version.fields(), FixedContent.of("no such range\n"))
              .add("Content-Type", "text/plain; charset=utf-8")
              .add("Content-Range", "bytes */" + content.lengthBytes());
      case SATISFIABLE -> partial(whole, content, range.satisfiable().orElseThrow());
    };
  }

  /** Returns the 206 for a range of what {@code whole} answers. */
  static Answer partial(Answer whole, Content content, ByteRange range) {
    return whole
        .withStatus(206)
        .withBody(List.of(new Answer.Piece(content, range.start(), range.lengthBytes())))
        .set("Content-Length", Long.toString(range.lengthBytes()))
        .add("Content-Range", contentRange(range, content.lengthBytes()));
  }

  static String contentRange(ByteRange range, long totalBytes) {
    return "bytes " + range.start() + "-" + (range.end() - 1) + "/" + totalBytes;
  }

  private static List<Field> common(Asked asked) {
    return List.of(
        new Field("Date", HttpDate.format(asked.now())), new Field("Server", "dromedary-origin"));
  }

  /** The validators of a resource as one request sees them. */
  private static final class Version {
    private final Asked asked;
    private final boolean ranges;
    private final Optional<String> etag;
    private final @Nullable Instant lastModified;

    Version(Asked asked, Resource resource) {
      this.asked = asked;
      this.ranges = resource.ranges();
      this.etag = resource.etagFor(asked.number());
      Instant time = resource.lastModified();
      this.lastModified = time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    List<Field> fields() {
      List<Field> fields = new ArrayList<>(common(asked));
      etag.ifPresent(tag -> fields.add(new Field("ETag", tag)));
      if (lastModified != null) {
        fields.add(new Field("Last-Modified", HttpDate.format(lastModified)));
      }
      if (ranges) {
        fields.add(new Field("Accept-Ranges", "bytes"));
      }
      return fields;
    }

    /** Says whether the client has this version: 304. Source: RFC 9110 §13.1.2, §13.1.3. */
    boolean isKnownTo(RequestHead head) {
      Optional<String> noneMatch = head.header("If-None-Match");
      if (noneMatch.isPresent()) {
        String list = noneMatch.get().strip();
        return list.equals("*")
            || List.of(list.split("\\s*,\\s*")).stream()
                .anyMatch(tag -> etag.isPresent() && opaque(tag).equals(opaque(etag.get())));
      }
      Optional<Instant> since = head.header("If-Modified-Since").flatMap(HttpDate::parse);
      return lastModified != null && since.isPresent() && !lastModified.isAfter(since.get());
    }

    /** Says whether If-Range, where sent, names this version. Source: RFC 9110 §13.1.5. */
    boolean mayBeRanged(RequestHead head) {
      String condition = head.header("If-Range").orElse("").strip();
      if (condition.isEmpty()) {
        return true;
      }
      if (condition.startsWith("\"") || condition.startsWith("W/")) {
        return !condition.startsWith("W/") && etag.filter(condition::equals).isPresent();
      }
      return lastModified != null
          && HttpDate.parse(condition).filter(lastModified::equals).isPresent();
    }

    private static String opaque(String tag) {
      return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
  }
}
