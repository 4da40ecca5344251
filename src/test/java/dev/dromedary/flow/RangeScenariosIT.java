package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.RANGE_MISMATCH;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;
import static dev.dromedary.transfer.FailureCode.VERSION_CHANGED;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BackendFault.Clipped;
import dev.dromedary.demo.BackendFault.Deaf;
import dev.dromedary.demo.BackendFault.From;
import dev.dromedary.demo.BackendFault.OneAtATime;
import dev.dromedary.demo.BackendFault.Widened;
import dev.dromedary.demo.BackendFault.WithFields;
import dev.dromedary.demo.BackendFault.WithStatus;
import dev.dromedary.demo.BackendFault.WithoutFields;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.RangeFault.BanRange;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.RangeFault.MultipartByteranges;
import dev.dromedary.demo.RangeFault.Unasked206;
import dev.dromedary.demo.RangeFault.WrongContentRange;
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Servers that ignore, ban or mangle ranges (I1, I2, I3). */
class RangeScenariosIT extends ScenarioTable {

  private static final int BIG = 20_000_000;
  private static final Fault CUT = new CutAfter(100_000, false);

  @Override
  List<Scenario> rows() {
    return List.of(
        of("ranges ignored").always(new IgnoreRange()),
        of("ranges ignored after a cut")
            .first(CUT)
            .always(new IgnoreRange())
            .after(SHORT_BODY)
            .requests(3)
            .refetched(100_000, 200_000),
        of("ranges ignored on four connections", BIG)
            .entry("connections", "4")
            .always(new IgnoreRange()),
        of("ranges unknown", BIG).entry("connections", "4").served(r -> r.withoutRanges()),
        of("ranges banned by 403").always(new BanRange(403)).requests(2),
        of("ranges banned by 416").always(new BanRange(416)).requests(2),
        of("ranges banned by 416 without saying how long it is")
            .always(new BanRange(416).and(new WithoutFields(Set.of("Content-Range"))))
            .requests(2),
        of("ranges banned after a cut")
            .first(CUT)
            .always(new BanRange(403))
            .after(SHORT_BODY)
            .requests(3)
            .refetched(100_000),
        of("ranges banned from the second part on", BIG)
            .entry("connections", "4")
            .always(new From(1, new BanRange(403)))
            .requests(3, 40)
            .refetched(0, BIG),
        of("range moved by one")
            .first(new WrongContentRange(1, 1))
            .after(RANGE_MISMATCH)
            .requests(2),
        of("range moved by one on resume")
            .first(CUT, new WrongContentRange(1, 0))
            .after(SHORT_BODY, RANGE_MISMATCH)
            .requests(3)
            .refetched(100_000),
        of("total grown on resume")
            .first(CUT, new WrongContentRange(0, 1))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .refetched(100_000),
        of("total shrunk on resume")
            .first(CUT, new WrongContentRange(0, -1))
            .after(SHORT_BODY, RANGE_MISMATCH)
            .requests(3)
            .refetched(100_000),
        of("range without Content-Range, once")
            .first(new WithoutFields(Set.of("Content-Range")))
            .after(RANGE_MISMATCH)
            .requests(2),
        of("range in another unit")
            .first(new WithFields(Map.of("Content-Range", "items 0-299999/300000")))
            .after(RANGE_MISMATCH)
            .requests(2),
        of("multipart ranges").always(new MultipartByteranges()).after(RANGE_MISMATCH).requests(2),
        of("half of it, unasked")
            .always(new Deaf("Range").and(new Unasked206()))
            .refused(RANGE_MISMATCH, 4)
            .requests(4, 6)
            .refetched(0, 600_000),
        of("half of it, unasked, after ranges were banned")
            .first(new BanRange(403))
            .always(new Deaf("Range").and(new Unasked206()))
            .refused(RANGE_MISMATCH, 3)
            .requests(4),
        of("every range clipped").always(new Clipped(70_000)).requests(5),
        of("every range clipped on four connections", BIG)
            .entry("connections", "4")
            .always(new Clipped(1 << 20))
            .requests(20, 60),
        of("range that begins before what was asked")
            .first(CUT, new Widened(1000))
            .after(SHORT_BODY, RANGE_MISMATCH)
            .requests(3)
            .refetched(100_000),
        of("the rest under status 200")
            .first(CUT)
            .always(new WithStatus(200))
            .after(SHORT_BODY, RANGE_MISMATCH)
            .requests(3)
            .refetched(100_000),
        of("If-Range answered with the whole")
            .first(CUT, new IgnoreRange())
            .after(SHORT_BODY)
            .requests(3),
        of("one connection at a time, else 503", BIG)
            .entry("connections", "4")
            .always(new OneAtATime(new Status(503)))
            .requests(1, 60),
        of("one connection at a time, else 429", BIG)
            .entry("connections", "4")
            .always(new OneAtATime(new Status(429)))
            .requests(1, 60),
        of("one connection at a time, else closed", BIG)
            .entry("connections", "4")
            .always(new OneAtATime(new CloseWithoutAnswer()))
            .requests(1, 90),
        of("one connection at a time, else 404", BIG)
            .entry("connections", "4")
            .always(new OneAtATime(new Status(404)))
            .requests(1, 60),
        of("empty file", 0).requests(1),
        of("empty file without ranges", 0).served(r -> r.withoutRanges()).requests(1),
        of("total unknown, and cut")
            .first(
                new WithFields(Map.of("Content-Range", "bytes 0-299999/*")),
                CUT,
                new WithFields(Map.of("Content-Range", "bytes 100000-299999/*")))
            .after(SHORT_BODY)
            .requests(3),
        of("total unknown")
            .always(new WithFields(Map.of("Content-Range", "bytes 0-299999/*")))
            .requests(1, 3),
        of("one byte", 1));
  }
}
