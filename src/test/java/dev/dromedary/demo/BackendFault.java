package dev.dromedary.demo;

import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.transfer.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Faults of what stands behind a name: several servers, caches, proxies and their habits. */
public sealed interface BackendFault extends Fault.Other {

  /** Another server of the same name answers, which has another version. */
  record OtherVersion(Resource resource) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return new Asked(asked.head(), resource, asked.number(), asked.now(), asked.origin())
          .plainAnswer();
    }
  }

  /** Request headers are not understood: it is answered as if they had not been sent. */
  record Deaf(List<String> headers) implements BackendFault {
    public Deaf(String... headers) {
      this(List.of(headers));
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      Asked heard = asked;
      for (String header : headers) {
        heard = heard.without(header);
      }
      return heard.plainAnswer();
    }
  }

  /** {@code If-Range} is answered with the whole, though it names the version that is served. */
  record WholeToIfRange() implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      boolean isConditional = asked.head().header("If-Range").isPresent();
      return isConditional ? asked.without("Range").plainAnswer() : answer;
    }
  }

  /** A 206 sends at most so many bytes and says so, as some caches do. */
  record Clipped(long most) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (answer.status() != 206) {
        return answer;
      }
      ByteRange range = asked.range().orElseThrow();
      long end = Math.min(range.end(), range.start() + most);
      return partial(asked, answer, new ByteRange(range.start(), end));
    }
  }

  /** A 206 begins so many bytes earlier than asked for, and says so. */
  record Widened(long before) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (answer.status() != 206) {
        return answer;
      }
      ByteRange range = asked.range().orElseThrow();
      long start = Math.max(0, range.start() - before);
      return partial(asked, answer, new ByteRange(start, range.end()));
    }
  }

  /** While bytes of the path are under way, the next request meets a refusal. */
  record OneAtATime(Fault refusal) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      boolean isBusy =
          asked.origin().requests(asked.head().path()).stream()
              .anyMatch(other -> other.endedAt().isEmpty() && other.status() < 400);
      return isBusy ? refusal.distort(asked, answer) : answer;
    }
  }

  /** Meets a refusal, but only when the answers for the path that were under way have ended. */
  record AfterOthers(Fault refusal) implements BackendFault {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    @Override
    public Answer distort(Asked asked, Answer answer) {
      List<SeenRequest> others =
          asked.origin().requests(asked.head().path()).stream()
              .filter(other -> other.endedAt().isEmpty())
              .toList();
      long end = System.nanoTime() + LONGEST_NANOS;
      while (others.stream().anyMatch(other -> other.endedAt().isEmpty())
          && System.nanoTime() < end) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      // its last bytes are still to be read
      LockSupport.parkNanos(10 * LOOK_NANOS);
      return refusal.distort(asked, answer);
    }
  }

  /** The answer waits for something that happens elsewhere, and then meets a fault. */
  record After(CountDownLatch event, Fault fault) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      try {
        event.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return fault.distort(asked, answer);
    }
  }

  /** While so many answers for the path are under way, the next request meets a refusal. */
  record SomeAtATime(int most, Fault refusal) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      long busy =
          asked.origin().requests(asked.head().path()).stream()
              .filter(other -> other.endedAt().isEmpty())
              .count();
      return busy >= most ? refusal.distort(asked, answer) : answer;
    }
  }

  /** Only requests from a position on meet a fault; a request for everything is from 0. */
  record From(long position, Fault fault) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      long start = asked.range().map(ByteRange::start).orElse(0L);
      return start >= position ? fault.distort(asked, answer) : answer;
    }
  }

  /**
   * No answer sends more than so many bytes from behind a position: its connection ends there.
   * However a file is divided among connections, what lies behind the position takes many answers.
   */
  record CutBehind(long position, long bytes) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      long start = asked.range().map(ByteRange::start).orElse(0L);
      long most = Math.max(0, position - start) + bytes;
      return answer.bodyLengthBytes() <= most
          ? answer
          : new CutAfter(most, false).distort(asked, answer);
    }
  }

  /** Only requests with this query meet a fault. */
  record ForQuery(String query, Fault fault) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      boolean isMeant = asked.head().target().endsWith("?" + query);
      return isMeant ? fault.distort(asked, answer) : answer;
    }
  }

  /** Header fields are other ones. */
  record WithFields(Map<String, String> fields) implements BackendFault {
    public WithFields {
      fields = Map.copyOf(fields);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      Answer changed = answer;
      for (Map.Entry<String, String> field : fields.entrySet()) {
        changed = changed.set(field.getKey(), field.getValue());
      }
      return changed;
    }
  }

  /** The version bears an ETag that is written here, as those do that are made of size and date. */
  record Named(String etag) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      if (names(asked, "If-None-Match")) {
        return PlainAnswers.error(asked, 304, "")
            .remove("Content-Length")
            .remove("Content-Type")
            .set("ETag", etag);
      }
      boolean isOther = asked.head().header("If-Range").isPresent() && !names(asked, "If-Range");
      Asked heard = asked.without(isOther ? "Range" : "If-Range").without("If-None-Match");
      return heard.without("If-Modified-Since").plainAnswer().set("ETag", etag);
    }

    private boolean names(Asked asked, String condition) {
      return asked.head().header(condition).filter(etag::equals).isPresent();
    }
  }

  /** Header fields are missing. */
  record WithoutFields(Set<String> names) implements BackendFault {
    public WithoutFields {
      names = Set.copyOf(names);
    }

    @Override
    public Answer distort(Asked asked, Answer answer) {
      Answer changed = answer;
      for (String name : names) {
        changed = changed.remove(name);
      }
      return changed;
    }
  }

  /** The status is another one; head and body are as they were. */
  record WithStatus(int status) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withStatus(status);
    }
  }

  /** One byte of the file is another one. For bodies that fit in memory. */
  record FlippedByte(long position) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      List<Answer.Piece> pieces = new ArrayList<>();
      for (Answer.Piece piece : answer.body()) {
        byte[] bytes = new byte[Math.toIntExact(piece.lengthBytes())];
        piece.content().fill(piece.from(), bytes, 0, bytes.length);
        long at = position - piece.from();
        if (at >= 0 && at < bytes.length) {
          bytes[(int) at] ^= 1;
        }
        pieces.add(Answer.Piece.all(new FixedContent(bytes)));
      }
      return answer.withBody(pieces);
    }
  }

  /** The first bytes of a body trickle, the rest comes as fast as it can. */
  record SlowStart(long bytes, long bytesPerSecond) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      return answer.withPace(new Answer.Pace(bytesPerSecond, false, bytes));
    }
  }

  /** More bytes than the head announces; the connection stays open. */
  record BytesAfterBody(String text) implements BackendFault {
    @Override
    public Answer distort(Asked asked, Answer answer) {
      List<Answer.Piece> pieces = new ArrayList<>(answer.body());
      pieces.add(Answer.Piece.all(FixedContent.of(text)));
      return answer.withBody(pieces);
    }
  }

  private static Answer partial(Asked asked, Answer answer, ByteRange range) {
    Resource resource = asked.resource();
    return resource == null
        ? answer
        : PlainAnswers.partial(answer.remove("Content-Range"), resource.content(), range);
  }
}
