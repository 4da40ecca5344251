package dev.dromedary.demo;

import dev.dromedary.demo.Answer.Coding;
import dev.dromedary.demo.Answer.Ending;
import dev.dromedary.demo.Answer.Pace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Faults in the bytes of a response head. The origin's log counts them as bytes of the body. */
public sealed interface HeadFault extends Fault.Other {

  /** The head is another text; the body follows as it is. */
  record Rewritten(UnaryOperator<String> edit) implements HeadFault {
    /** Puts something in the place of every match of a regular expression. */
    public static Rewritten replacing(String pattern, String replacement) {
      return new Rewritten(head -> head.replaceAll(pattern, replacement));
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return raw(answer, edit.apply(head(answer)));
    }
  }

  /** The connection ends within the head. */
  record CutInHead(int bytes, boolean reset) implements HeadFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return raw(answer, head(answer)).withEnding(Ending.cut(bytes, reset));
    }
  }

  /** Nothing comes after so many bytes of the head. */
  record StallInHead(int bytes) implements HeadFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return raw(answer, head(answer)).withEnding(Ending.stall(bytes, BodyFault.HOLD));
    }
  }

  /** The head comes at a rate, then the body as fast as it can. */
  record TrickledHead(long bytesPerSecond) implements HeadFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      String head = head(answer);
      return raw(answer, head).withPace(new Pace(bytesPerSecond, false, head.length()));
    }
  }

  private static String head(Answer answer) {
    ByteBuffer bytes = AnswerWriter.encodeHead(answer);
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }

  private static Answer raw(Answer answer, String head) {
    if (answer.coding() != Coding.IDENTITY) {
      throw new IllegalArgumentException("coding " + answer.coding() + ": expected IDENTITY");
    }
    List<Answer.Piece> pieces = new ArrayList<>();
    pieces.add(Answer.Piece.all(new FixedContent(head.getBytes(StandardCharsets.ISO_8859_1))));
    pieces.addAll(answer.body());
    return answer.withStatus(0).withFields(List.of()).withBody(pieces);
  }
}
