package dev.dromedary.soak;

import dev.dromedary.demo.AnswerFault.EndlessErrorBody;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.BytesAfterBody;
import dev.dromedary.demo.BackendFault.Clipped;
import dev.dromedary.demo.BackendFault.Deaf;
import dev.dromedary.demo.BackendFault.OneAtATime;
import dev.dromedary.demo.BackendFault.OtherVersion;
import dev.dromedary.demo.BackendFault.SlowStart;
import dev.dromedary.demo.BackendFault.WithoutFields;
import dev.dromedary.demo.BodyFault.ChangeVersionAfter;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.BadChunkSize;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.FramingFault.ChunkedCut;
import dev.dromedary.demo.FramingFault.TwoLengths;
import dev.dromedary.demo.FramingFault.WrongContentLength;
import dev.dromedary.demo.HeadFault.CutInHead;
import dev.dromedary.demo.HeadFault.StallInHead;
import dev.dromedary.demo.RangeFault.BanRange;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.RangeFault.MultipartByteranges;
import dev.dromedary.demo.RangeFault.WrongContentRange;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import dev.dromedary.demo.WireFault.EndlessHeaders;
import dev.dromedary.demo.WireFault.RawResponse;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Draws faults that pass: after each of them the right file can still be had. */
final class RandomFaults {

  private final Random random;
  private final long lengthBytes;
  private final Resource later;
  private final List<Supplier<Fault>> kinds = new ArrayList<>();

  /** Draws for a file of a length, of which there may be a later version. */
  RandomFaults(Random random, long lengthBytes, Resource later) {
    this.random = random;
    this.lengthBytes = lengthBytes;
    this.later = later;
    kinds.add(() -> new CutAfter(within(), false));
    kinds.add(() -> new CutAfter(within(), true));
    kinds.add(() -> new StallAfter(within()));
    kinds.add(StallBeforeHeaders::new);
    kinds.add(() -> new StallInHead(random.nextInt(100)));
    kinds.add(() -> new CutInHead(random.nextInt(300), random.nextBoolean()));
    kinds.add(() -> new Trickle(2_000));
    kinds.add(() -> new SlowStart(100_000, 50_000));
    kinds.add(CloseWithoutAnswer::new);
    kinds.add(EndlessHeaders::new);
    kinds.add(() -> RawResponse.of("nonsense " + random.nextLong()));
    kinds.add(() -> new Status(random.nextBoolean() ? 500 : 503));
    kinds.add(() -> Status.retryAfter(429, Duration.ofSeconds(1)));
    kinds.add(() -> new EndlessErrorBody(502));
    // a length that is too small cannot be noticed where nothing else tells the length
    kinds.add(() -> new WrongContentLength(1 + random.nextInt(100)));
    kinds.add(TwoLengths::new);
    kinds.add(() -> new IgnoreRange().and(new Chunked()));
    kinds.add(() -> new IgnoreRange().and(new ChunkedCut()));
    kinds.add(() -> new IgnoreRange().and(new BadChunkSize()));
    kinds.add(IgnoreRange::new);
    kinds.add(() -> new BanRange(403));
    kinds.add(() -> new WrongContentRange(random.nextInt(3) - 1L, random.nextInt(3) - 1L));
    kinds.add(MultipartByteranges::new);
    kinds.add(() -> new Clipped(1 + random.nextInt(100_000)));
    kinds.add(() -> new Deaf("If-Range"));
    kinds.add(() -> new WithoutFields(Set.of("ETag", "Last-Modified")));
    kinds.add(() -> new OneAtATime(new Status(503)));
    kinds.add(() -> new BytesAfterBody("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
  }

  /** Returns the next fault; sometimes there is none. */
  Fault next() {
    return random.nextInt(4) == 0
        ? new Fault.None()
        : kinds.get(random.nextInt(kinds.size())).get();
  }

  /** Returns a fault after which the file is another version for good. */
  Fault change() {
    return random.nextBoolean()
        ? new ChangeVersionAfter(within(), later)
        : new OtherVersion(later).and(new CutAfter(within(), false));
  }

  private long within() {
    return (long) (random.nextDouble() * lengthBytes);
  }
}
