package dev.dromedary.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the server is about to put on the wire: a value that faults transform before it is written.
 *
 * @param status the status code; 0: no head at all, the body is everything that is sent
 * @param fields the header fields in order; nothing is added to them
 * @param body the pieces of the body, in order
 * @param coding how the body is framed
 * @param pace how fast it goes
 * @param ending what happens before its end
 * @param closes whether the connection is closed after a complete body
 */
record Answer(
    int status,
    List<Field> fields,
    List<Piece> body,
    Coding coding,
    Pace pace,
    Ending ending,
    boolean closes) {

  Answer {
    fields = List.copyOf(fields);
    body = List.copyOf(body);
  }

  /** Bytes {@code [from, from + lengthBytes)} of a content. */
  record Piece(Content content, long from, long lengthBytes) {
    static Piece all(Content content) {
      return new Piece(content, 0, content.lengthBytes());
    }
  }

  /** How a body is framed. */
  enum Coding {
    /** As it is. */
    IDENTITY,
    /** In chunks, with the last one. */
    CHUNKED,
    /** In chunks; the connection ends without the last one. */
    CHUNKED_CUT,
    /** In chunks, of which the second announces a size that is no number. */
    CHUNKED_BAD_SIZE
  }

  /**
   * How fast a body goes.
   *
   * @param bytesPerSecond 0: as fast as it can
   * @param forConnection whether later answers on the connection keep to it
   * @param forBytes after how many bytes of the body it goes as fast as it can
   */
  record Pace(long bytesPerSecond, boolean forConnection, long forBytes) {
    static final Pace FULL = new Pace(0, false);

    Pace(long bytesPerSecond, boolean forConnection) {
      this(bytesPerSecond, forConnection, Long.MAX_VALUE);
    }

    /** Returns the rate after so many bytes of a body. */
    long after(long sentBytes) {
      return sentBytes < forBytes ? bytesPerSecond : 0;
    }
  }

  /** What becomes of the connection after so many bytes of the body, or at its end if earlier. */
  record Ending(long afterBytes, Kind kind, Duration limit, Runnable before) {
    static final Ending COMPLETE =
        new Ending(Long.MAX_VALUE, Kind.COMPLETE, Duration.ZERO, () -> {});

    static Ending cut(long afterBytes, boolean reset) {
      return new Ending(afterBytes, reset ? Kind.RESET : Kind.CLOSE, Duration.ZERO, () -> {});
    }

    static Ending stall(long afterBytes, Duration limit) {
      return new Ending(afterBytes, Kind.STALL, limit, () -> {});
    }

    /** What is done. */
    enum Kind {
      /** Nothing: the body is sent whole. */
      COMPLETE,
      /** The connection is closed in good order. */
      CLOSE,
      /** The connection is reset. */
      RESET,
      /** Nothing more is sent until the client closes the connection or the limit is over. */
      STALL
    }
  }

  /** Creates a plain answer with a body of known length. */
  static Answer of(int status, List<Field> fields, Content content) {
    return new Answer(
            status,
            fields,
            List.of(Piece.all(content)),
            Coding.IDENTITY,
            Pace.FULL,
            Ending.COMPLETE,
            false)
        .set("Content-Length", Long.toString(content.lengthBytes()));
  }

  /** Creates an answer without a head, after which the connection ends. */
  static Answer raw(Content content) {
    return new Answer(
        0,
        List.of(),
        List.of(Piece.all(content)),
        Coding.IDENTITY,
        Pace.FULL,
        Ending.COMPLETE,
        true);
  }

  long bodyLengthBytes() {
    return body.stream().mapToLong(Piece::lengthBytes).sum();
  }

  Optional<String> field(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  Answer add(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return withFields(more);
  }

  Answer remove(String name) {
    return withFields(
        fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList());
  }

  Answer set(String name, String value) {
    return remove(name).add(name, value);
  }

  Answer withStatus(int code) {
    return new Answer(code, fields, body, coding, pace, ending, closes);
  }

  Answer withFields(List<Field> replacement) {
    return new Answer(status, replacement, body, coding, pace, ending, closes);
  }

  Answer withBody(List<Piece> replacement) {
    return new Answer(status, fields, replacement, coding, pace, ending, closes);
  }

  Answer withCoding(Coding replacement) {
    return new Answer(status, fields, body, replacement, pace, ending, closes);
  }

  Answer withPace(Pace replacement) {
    return new Answer(status, fields, body, coding, replacement, ending, closes);
  }

  Answer withEnding(Ending replacement) {
    return new Answer(status, fields, body, coding, pace, replacement, closes);
  }

  Answer closing() {
    return new Answer(status, fields, body, coding, pace, ending, true);
  }
}
