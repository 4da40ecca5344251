package dev.dromedary.demo;

import dev.dromedary.demo.Answer.Coding;

/** Faults, and rarer forms, of how a body says where it ends. Source: RFC 9112 §6, §7. */
public sealed interface FramingFault extends Fault {

  /** The announced length is off by {@code delta} bytes; the whole body and then a close follow. */
  record WrongContentLength(long delta) implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      long announced = Math.max(0, answer.bodyLengthBytes() + delta);
      return answer.set("Content-Length", Long.toString(announced)).closing();
    }
  }

  /** Two Content-Length fields, the first true, the second larger by one. */
  record TwoLengths() implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.add("Content-Length", Long.toString(answer.bodyLengthBytes() + 1)).closing();
    }
  }

  /** A true Content-Length and a chunked body, the mark of request smuggling. */
  record LengthAndChunked() implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.add("Transfer-Encoding", "chunked").withCoding(Coding.CHUNKED).closing();
    }
  }

  /** A well-formed chunked body without a length. */
  record Chunked() implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return chunked(answer, Coding.CHUNKED);
    }
  }

  /** A chunked body, all of it, without the last chunk: the connection closes instead. */
  record ChunkedCut() implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return chunked(answer, Coding.CHUNKED_CUT).closing();
    }
  }

  /** A chunked body whose second chunk, or first if it is empty, has a size that is no number. */
  record BadChunkSize() implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return chunked(answer, Coding.CHUNKED_BAD_SIZE).closing();
    }
  }

  /** Neither a length nor chunks: the body ends where the connection does. */
  record CloseDelimited() implements FramingFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.remove("Content-Length").set("Connection", "close").closing();
    }
  }

  private static Answer chunked(Answer answer, Coding coding) {
    if (answer.status() == 204 || answer.status() == 304) {
      return answer;
    }
    return answer.remove("Content-Length").set("Transfer-Encoding", "chunked").withCoding(coding);
  }
}
