package dev.dromedary.flow;

import dev.dromedary.demo.BackendFault.WholeToIfRange;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.FramingFault.CloseDelimited;
import dev.dromedary.demo.RangeFault.BanRange;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.RangeFault.MultipartByteranges;
import dev.dromedary.demo.RangeFault.WrongContentRange;
import java.time.Instant;

/** How a server answers each request of a generated case. */
enum ServerHabit {
  /** By the book. */
  RANGES(new Fault.None(), true),
  /** Ranges are honoured, but an {@code If-Range} is answered with the whole. */
  IF_RANGE_WHOLE(new WholeToIfRange(), true),
  /** A range is answered with the whole. */
  IGNORED(new IgnoreRange(), false),
  /** A range is turned away. */
  BANNED(new BanRange(403), false),
  /** A range is turned away with the length of the whole. */
  UNSATISFIABLE(new BanRange(416), false),
  /** The bytes asked for are said to be others. */
  MANGLED(new WrongContentRange(1, 1), false),
  /** A range comes in two parts of a multipart body. */
  MULTIPART(new MultipartByteranges(), false),
  /** Chunks without a length, and no ranges. */
  CHUNKED(new IgnoreRange().and(new Chunked()), false),
  /** Neither length nor chunks nor ranges. */
  UNTOLD(new IgnoreRange().and(new CloseDelimited()), false);

  /** A date that is old enough to count as strong. Source: RFC 9110 §8.8.2.2. */
  static final Instant MODIFIED = Instant.parse("2026-11-01T06:00:00Z");

  private final Fault fault;
  private final boolean honoursRanges;

  ServerHabit(Fault fault, boolean honoursRanges) {
    this.fault = fault;
    this.honoursRanges = honoursRanges;
  }

  Fault fault() {
    return fault;
  }

  boolean honoursRanges() {
    return honoursRanges;
  }
}
