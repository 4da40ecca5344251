package dev.dromedary.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Faults of how the body arrives. The head promises the whole body. */
public sealed interface BodyFault extends Fault {

  /** How long a stalled connection is held when nothing else is said. */
  Duration HOLD = Duration.ofMinutes(10);

  /**
   * The connection ends after so many bytes of the body, or at its end if that is earlier.
   *
   * @param bytes 0 or more
   * @param reset whether it ends by a reset (RST) instead of a close (FIN). A reset takes with it
   *     what the client's receive buffer had no room for, so that at most {@code bytes} arrive;
   *     after a close exactly so many do
   */
  record CutAfter(long bytes, boolean reset) implements BodyFault {
    public CutAfter {
      refuseNegative("bytes", bytes);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withEnding(Answer.Ending.cut(bytes, reset));
    }
  }

  /** The connection ends after half of the body this answer has, whatever its range. */
  record CutHalfway(boolean reset) implements BodyFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withEnding(Answer.Ending.cut(answer.bodyLengthBytes() / 2, reset));
    }
  }

  /**
   * Nothing comes after so many bytes of the body; the connection stays open until the client or
   * the origin closes it or the limit is over.
   */
  record StallAfter(long bytes, Duration limit) implements BodyFault {
    public StallAfter {
      refuseNegative("bytes", bytes);
    }

    /** Stalls for up to {@link #HOLD}. */
    public StallAfter(long bytes) {
      this(bytes, HOLD);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withEnding(Answer.Ending.stall(bytes, limit));
    }
  }

  /** The body of this answer comes at a rate, down to a byte a second. */
  record Trickle(long bytesPerSecond) implements BodyFault {
    public Trickle {
      refuseNegative("bytesPerSecond", bytesPerSecond - 1);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withPace(new Answer.Pace(bytesPerSecond, false));
    }
  }

  /** The bodies of this answer and of all later ones on its connection come at a rate. */
  record LimitRate(long bytesPerSecond) implements BodyFault {
    public LimitRate {
      refuseNegative("bytesPerSecond", bytesPerSecond - 1);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withPace(new Answer.Pace(bytesPerSecond, true));
    }
  }

  /** After so many bytes of the body another version is put and the connection closed. */
  record ChangeVersionAfter(long bytes, Resource next) implements BodyFault {
    public ChangeVersionAfter {
      refuseNegative("bytes", bytes);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withEnding(
          new Answer.Ending(
              bytes, Answer.Ending.Kind.CLOSE, Duration.ZERO, () -> asked.origin().put(next)));
    }
  }

  /**
   * The body is gzipped, whether the client accepts that or not; of a range, that range is.
   * Compressed in memory: for bodies of up to 64 MiB.
   */
  record GzipUninvited() implements BodyFault {
    private static final long LIMIT_BYTES = 64L << 20;

    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (answer.bodyLengthBytes() > LIMIT_BYTES) {
        throw new IllegalArgumentException(
            "gzip of " + answer.bodyLengthBytes() + " bytes: expected up to " + LIMIT_BYTES);
      }
      FixedContent zipped = new FixedContent(gzip(answer.body()));
      return answer
          .withBody(List.of(Answer.Piece.all(zipped)))
          .set("Content-Encoding", "gzip")
          .set("Content-Length", Long.toString(zipped.lengthBytes()));
    }

    private static byte[] gzip(List<Answer.Piece> pieces) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        for (Answer.Piece piece : pieces) {
          byte[] plain = new byte[Math.toIntExact(piece.lengthBytes())];
          piece.content().fill(piece.from(), plain, 0, plain.length);
          out.write(plain);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("gzip in memory failed", e);
      }
      return bytes.toByteArray();
    }
  }

  private static void refuseNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is too small by " + -value);
    }
  }
}
