package dev.dromedary.demo;

import dev.dromedary.transfer.ByteRange;
import java.util.ArrayList;
import java.util.List;

/** Faults of servers, and of what stands before them, in answering ranges. */
public sealed interface RangeFault extends Fault {

  /** The range is ignored: 200 with everything. */
  record IgnoreRange() implements RangeFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return asked.without("Range").plainAnswer();
    }
  }

  /** A ranged request is turned away with a status such as 403 or 416; others are served. */
  record BanRange(int status) implements RangeFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (!asked.isRanged()) {
        return answer;
      }
      Answer banned = PlainAnswers.error(asked, status, "no ranges for you\n");
      return status == 416 ? banned.add("Content-Range", "bytes */" + asked.lengthBytes()) : banned;
    }
  }

  /**
   * A 206 sends the bytes that were asked for but says they are others; other answers are left.
   *
   * @param shift added to first and last position
   * @param totalDelta added to the total length
   */
  record WrongContentRange(long shift, long totalDelta) implements RangeFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (answer.status() != 206) {
        return answer;
      }
      ByteRange range = asked.range().orElseThrow();
      ByteRange told = new ByteRange(range.start() + shift, range.end() + shift);
      long total = asked.lengthBytes() + totalDelta;
      return answer.set("Content-Range", PlainAnswers.contentRange(told, total));
    }
  }

  /** A 206 comes as multipart/byteranges, in two parts where there are two bytes. */
  record MultipartByteranges() implements RangeFault {
    private static final String BOUNDARY = "dromedary-3d6b6a416f9b5";

    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (answer.status() != 206) {
        return answer;
      }
      List<Answer.Piece> pieces = new ArrayList<>();
      for (Answer.Piece piece : answer.body()) {
        long half = piece.lengthBytes() / 2;
        addPart(pieces, asked, new Answer.Piece(piece.content(), piece.from(), half));
        addPart(
            pieces,
            asked,
            new Answer.Piece(piece.content(), piece.from() + half, piece.lengthBytes() - half));
      }
      pieces.add(text("--" + BOUNDARY + "--\r\n"));
      Answer parts = answer.withBody(pieces);
      return parts
          .remove("Content-Range")
          .set("Content-Type", "multipart/byteranges; boundary=" + BOUNDARY)
          .set("Content-Length", Long.toString(parts.bodyLengthBytes()));
    }

    private static void addPart(List<Answer.Piece> pieces, Asked asked, Answer.Piece part) {
      if (part.lengthBytes() > 0) {
        ByteRange range = new ByteRange(part.from(), part.from() + part.lengthBytes());
        String told = PlainAnswers.contentRange(range, asked.lengthBytes());
        pieces.add(text("--" + BOUNDARY + "\r\nContent-Range: " + told + "\r\n\r\n"));
        pieces.add(part);
        pieces.add(text("\r\n"));
      }
    }

    private static Answer.Piece text(String text) {
      return Answer.Piece.all(FixedContent.of(text));
    }
  }

  /** A 206 with the first half although no range was asked for; asked for one, it is honoured. */
  record Unasked206() implements RangeFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      Resource resource = asked.resource();
      if (answer.status() != 200 || resource == null || asked.lengthBytes() < 2) {
        return answer;
      }
      ByteRange half = new ByteRange(0, asked.lengthBytes() / 2);
      return PlainAnswers.partial(answer, resource.content(), half);
    }
  }
}
