package dev.dromedary.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Faults below HTTP: no head, or bytes that are none. The connection ends with them. */
public sealed interface WireFault extends Fault {

  /** Nothing comes until the client or the origin closes the connection or the limit is over. */
  record StallBeforeHeaders(Duration limit) implements WireFault {
    /** Stalls for up to {@link BodyFault#HOLD}. */
    public StallBeforeHeaders() {
      this(BodyFault.HOLD);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return Answer.raw(FixedContent.of("")).withEnding(Answer.Ending.stall(0, limit));
    }
  }

  /** The connection closes instead of an answer. */
  record CloseWithoutAnswer() implements WireFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return Answer.raw(FixedContent.of(""));
    }
  }

  /** Exactly these bytes, and a close. */
  record RawResponse(Content bytes) implements WireFault {
    /** Sends text as ISO 8859-1. */
    public static RawResponse of(String text) {
      return new RawResponse(new FixedContent(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return Answer.raw(bytes);
    }
  }

  /** A status line and header fields without end. */
  record EndlessHeaders() implements WireFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return Answer.raw(FixedContent.of(""))
          .withBody(
              List.of(
                  Answer.Piece.all(FixedContent.of("HTTP/1.1 200 OK\r\n")),
                  Answer.Piece.all(new RepeatedContent("X-Filler: 0123456789abcdef\r\n"))));
    }
  }

  /** Informational answers (103 Early Hints) without end and without the real one. */
  record Endless1xx() implements WireFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return Answer.raw(
          new RepeatedContent("HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"));
    }
  }
}
