package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CONNECTION_LOST;
import static dev.dromedary.transfer.FailureCode.FIRST_BYTE_TIMEOUT;
import static dev.dromedary.transfer.FailureCode.MALFORMED_RESPONSE;
import static dev.dromedary.transfer.FailureCode.SIZE_MISMATCH;
import static dev.dromedary.transfer.FailureCode.STALLED;
import static dev.dromedary.transfer.FailureCode.TOO_LARGE;
import static dev.dromedary.transfer.FailureCode.TOO_SLOW;

import dev.dromedary.demo.AnswerFault.EndlessErrorBody;
import dev.dromedary.demo.BackendFault.From;
import dev.dromedary.demo.BackendFault.SlowStart;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.demo.ChunkFault.EndlessExtension;
import dev.dromedary.demo.ChunkFault.EndlessTrailers;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.HeadFault.StallInHead;
import dev.dromedary.demo.HeadFault.TrickledHead;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import dev.dromedary.demo.WireFault.Endless1xx;
import dev.dromedary.demo.WireFault.EndlessHeaders;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import java.util.List;
import java.util.Map;

/** Silence, slowness and things without end: each meets a limit (I4, I7). */
class LimitScenariosIT extends ScenarioTable {

  private static final int BIG = 20_000_000;
  private static final Fault WHOLE = new IgnoreRange();

  @Override
  Map<String, String> settings() {
    return Map.of(
        "http.stall-timeout", "700ms",
        "http.first-byte-timeout", "1200ms",
        "http.min-speed", "20kB",
        "http.min-speed-window", "2s",
        "limit.max-size", "25MB",
        "transfer.concurrency", "64");
  }

  @Override
  List<Scenario> rows() {
    return List.of(
        of("silence before the head")
            .first(new StallBeforeHeaders())
            .after(FIRST_BYTE_TIMEOUT)
            .requests(2),
        of("silence before the head, for ever")
            .always(new StallBeforeHeaders())
            .refused(FIRST_BYTE_TIMEOUT, 3),
        of("silence in the status line")
            .first(new StallInHead(5))
            .after(FIRST_BYTE_TIMEOUT)
            .requests(2),
        of("silence in the headers")
            .first(new StallInHead(100))
            .after(FIRST_BYTE_TIMEOUT)
            .requests(2),
        of("a head that trickles for ever")
            .first(new TrickledHead(20))
            .after(FIRST_BYTE_TIMEOUT)
            .requests(2),
        of("a head that takes half a second").first(new TrickledHead(600)),
        of("silence before the first byte").first(new StallAfter(0)).after(STALLED).requests(2),
        of("silence in the middle").first(new StallAfter(150_000)).after(STALLED).requests(2),
        of("silence before the last byte")
            .first(new StallAfter(299_999))
            .after(STALLED)
            .requests(2),
        of("silence before the last chunk")
            .first(WHOLE.and(new Chunked()).and(new StallAfter(299_999)))
            .after(STALLED)
            .requests(2),
        of("silence in the middle, for ever")
            .first(new StallAfter(100_000))
            .always(new StallAfter(0))
            .refused(STALLED, 4)
            .keeps(100_000),
        of("silence on one of four connections", BIG)
            .entry("connections", "4")
            .first(new Fault.None(), new StallAfter(1_000_000))
            .afterAny(STALLED)
            .requests(3, 60),
        of("a trickle")
            .entry("connections", "1")
            .first(new Trickle(4_000))
            .after(TOO_SLOW)
            .requests(2),
        of("a trickle whose tail others take over")
            .first(new Trickle(4_000))
            .afterAny(TOO_SLOW)
            .requests(2, 12),
        of("a trickle of single bytes, for ever")
            .always(new Trickle(10))
            .refused(TOO_SLOW, 3)
            .requests(3, 60)
            .keptAsItIs(),
        of("a trickle on one of four connections", BIG)
            .entry("connections", "4")
            .first(new Fault.None(), new Trickle(1_000_000))
            .requests(3, 60),
        of("a slow start, then a fast end")
            .entry("connections", "1")
            .first(new SlowStart(20_000, 15_000)),
        of("headers without end").always(new EndlessHeaders()).refused(MALFORMED_RESPONSE, 3),
        of("information without end").always(new Endless1xx()).refused(FIRST_BYTE_TIMEOUT, 3),
        of("a chunk extension without end")
            .always(WHOLE.and(new EndlessExtension()))
            .refused(MALFORMED_RESPONSE, 3)
            .requests(3, 5),
        of("trailers without end, once")
            .first(WHOLE.and(new EndlessTrailers()))
            .after(MALFORMED_RESPONSE)
            .requests(2, 3)
            .refetched(0, Scenario.SIZE),
        of("larger than allowed", 30_000_000).refused(TOO_LARGE),
        of("larger than allowed, and the length is not told", 30_000_000)
            .always(WHOLE.and(new Chunked()))
            .refused(TOO_LARGE)
            .keptAsItIs(),
        of("a body without end")
            .entry("allowUnknownLength", "true")
            .entry("contentType", "text/*")
            .always(new EndlessErrorBody(200))
            .refused(TOO_LARGE)
            .keptAsItIs(),
        of("larger than the list says, and the length is not told")
            .entry("size", "200000")
            .always(WHOLE.and(new Chunked()))
            .refused(SIZE_MISMATCH)
            .keptAsItIs(),
        of("half the connections refuse to speak", BIG)
            .entry("connections", "4")
            .first(new Fault.None())
            .always(new From(8_000_001, new CloseWithoutAnswer()))
            .refused(CONNECTION_LOST, 4)
            .requests(4, 90)
            .keptAsItIs());
  }
}
