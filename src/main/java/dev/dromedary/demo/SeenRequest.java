package dev.dromedary.demo;

import dev.dromedary.transfer.ByteRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request the origin received, and what became of it. Live: status, byte count and end move on
 * while it is served. Thread-safe.
 */
public final class SeenRequest {

  private final RequestHead head;
  private final @Nullable ByteRange range;
  private final int connection;
  private final Instant startedAt;
  private volatile int status;
  private volatile long bodyBytesSent;
  private volatile @Nullable Instant endedAt;

  SeenRequest(RequestHead head, @Nullable ByteRange range, int connection, Instant startedAt) {
    this.head = head;
    this.range = range;
    this.connection = connection;
    this.startedAt = startedAt;
  }

  /** Returns the method, such as {@code GET}. */
  public String method() {
    return head.method();
  }

  /** Returns path and query as they were sent, undecoded. */
  public String target() {
    return head.target();
  }

  /** Returns the path without the query. */
  public String path() {
    return head.path();
  }

  /** Returns the values of all headers; names are found in any case. */
  public Map<String, List<String>> headers() {
    return head.headers();
  }

  /** Returns the value of a header, named in any case; several values joined with commas. */
  public Optional<String> header(String name) {
    return head.header(name);
  }

  /**
   * Returns the range that was asked for, resolved against the length of the resource at that time;
   * nothing when there was no Range, no resource, more than one range or none that is satisfiable.
   */
  public Optional<ByteRange> range() {
    return Optional.ofNullable(range);
  }

  /** Returns the number of the connection it came on, from 1 in the order they were accepted. */
  public int connection() {
    return connection;
  }

  /** Returns the status that was answered; 0 as long as or because there was none. */
  public int status() {
    return status;
  }

  /**
   * Returns how many bytes of the body were handed to the socket, without chunk framing; of a raw
   * answer, all its bytes. Never less than what the client has received; up to one write (1 MiB)
   * more while a write is under way, exact once the request has ended.
   */
  public long bodyBytesSent() {
    return bodyBytesSent;
  }

  /** Returns when its head was read. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Returns when its answer was complete or the connection was gone; nothing before. */
  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  void answered(int code) {
    status = code;
  }

  void sent(long total) {
    bodyBytesSent = total;
  }

  void ended(Instant time) {
    endedAt = time;
  }

  @Override
  public String toString() {
    return "#%d %s %s range=%s status=%d bytes=%d"
        .formatted(connection, method(), target(), range, status, bodyBytesSent);
  }
}
