package dev.dromedary.demo;

import java.util.ArrayList;
import java.util.List;

/** Lies in the chunks of a chunked body. Source: RFC 9112 §7.1. */
public sealed interface ChunkFault extends Fault.Other {

  /** One chunk whose size is off, then the last chunk and a close. */
  record LyingSize(long delta) implements ChunkFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      String size = Long.toHexString(answer.bodyLengthBytes() + delta);
      return framed(answer, size + "\r\n", FixedContent.of("\r\n0\r\n\r\n"));
    }
  }

  /** One chunk with this text for its size. */
  record OddSize(String size) implements ChunkFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return framed(answer, size + "\r\n", FixedContent.of("\r\n0\r\n\r\n"));
    }
  }

  /** A size line with an extension that does not end. */
  record EndlessExtension() implements ChunkFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      Answer framed = framed(answer, "10;x=", FixedContent.of(""));
      return framed.withBody(
          List.of(
              Answer.Piece.all(FixedContent.of("10;x=")),
              Answer.Piece.all(new RepeatedContent("aaaaaaaaaaaaaaaa"))));
    }
  }

  /** The whole body and its last chunk, then trailer fields without end. */
  record EndlessTrailers() implements ChunkFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      String size = Long.toHexString(answer.bodyLengthBytes());
      Answer framed = framed(answer, size + "\r\n", FixedContent.of("\r\n0\r\n"));
      List<Answer.Piece> pieces = new ArrayList<>(framed.body());
      pieces.add(Answer.Piece.all(new RepeatedContent("X-Trailer: 0123456789abcdef\r\n")));
      return framed.withBody(pieces);
    }
  }

  private static Answer framed(Answer answer, String before, Content after) {
    List<Answer.Piece> pieces = new ArrayList<>();
    pieces.add(Answer.Piece.all(FixedContent.of(before)));
    pieces.addAll(answer.body());
    pieces.add(Answer.Piece.all(after));
    return answer
        .remove("Content-Length")
        .set("Transfer-Encoding", "chunked")
        .withBody(pieces)
        .closing();
  }
}
