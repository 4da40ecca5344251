package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CONTENT_ENCODED;
import static dev.dromedary.transfer.FailureCode.DIGEST_MISMATCH;
import static dev.dromedary.transfer.FailureCode.MALFORMED_RESPONSE;
import static dev.dromedary.transfer.FailureCode.RANGE_MISMATCH;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;
import static dev.dromedary.transfer.FailureCode.SIZE_MISMATCH;
import static dev.dromedary.transfer.FailureCode.UNEXPECTED_STATUS;
import static dev.dromedary.transfer.FailureCode.UNKNOWN_LENGTH;
import static dev.dromedary.transfer.FailureCode.VERSION_CHANGED;

import dev.dromedary.demo.BackendFault.WithFields;
import dev.dromedary.demo.BackendFault.WithStatus;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.GzipUninvited;
import dev.dromedary.demo.ChunkFault.LyingSize;
import dev.dromedary.demo.ChunkFault.OddSize;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.BadChunkSize;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.FramingFault.ChunkedCut;
import dev.dromedary.demo.FramingFault.CloseDelimited;
import dev.dromedary.demo.FramingFault.LengthAndChunked;
import dev.dromedary.demo.FramingFault.TwoLengths;
import dev.dromedary.demo.FramingFault.WrongContentLength;
import dev.dromedary.demo.HeadFault.Rewritten;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.WireFault.RawResponse;
import java.util.List;
import java.util.Map;

/** Heads that are no HTTP, and bodies that do not end where they say (I1). */
class FramingScenariosIT extends ScenarioTable {

  /** What a server without ranges answers. */
  private static final Fault WHOLE = new IgnoreRange();

  /** The connection ends with the body, so that no bytes of it wait there. */
  private static final Fault CLOSED = new CutAfter(Scenario.SIZE, false);

  @Override
  List<Scenario> rows() {
    return List.of(
        of("length one too small, once")
            .first(new WrongContentLength(-1))
            .after(RANGE_MISMATCH)
            .requests(2),
        of("length one too large, once")
            .first(new WrongContentLength(1))
            .after(RANGE_MISMATCH)
            .requests(2),
        of("length one too small without ranges, a digest known")
            .withDigest()
            .always(WHOLE.and(new WrongContentLength(-1)))
            .refused(DIGEST_MISMATCH, 2)
            .refetched(2L * (Scenario.SIZE - 1))
            .keepsRejected(),
        of("length one too small without ranges, the size known")
            .entry("size", "300000")
            .always(WHOLE.and(new WrongContentLength(-1)))
            .refused(SIZE_MISMATCH),
        of("length one too large without ranges, once")
            .first(WHOLE.and(new WrongContentLength(1)))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .refetched(Scenario.SIZE),
        of("length one too large without ranges, for ever")
            .always(WHOLE.and(new WrongContentLength(1)))
            .refused(SHORT_BODY, 4)
            .requests(4, 8)
            .refetched(0, 8L * Scenario.SIZE)
            .keeps(Scenario.SIZE),
        of("two lengths").always(new TwoLengths()).refused(MALFORMED_RESPONSE, 3),
        of("two lengths in one line")
            .always(length("300000, 300001"))
            .refused(MALFORMED_RESPONSE, 3),
        of("the same length twice in one line")
            .always(length("300000, 300000"))
            .refused(MALFORMED_RESPONSE, 3),
        of("negative length").always(length("-1")).refused(MALFORMED_RESPONSE, 3),
        of("length in words").always(length("many")).refused(MALFORMED_RESPONSE, 3),
        of("length beyond all numbers")
            .always(length("99999999999999999999"))
            .refused(MALFORMED_RESPONSE, 3),
        of("length in hexadecimal").always(length("0x493e0")).refused(MALFORMED_RESPONSE, 3),
        of("empty length").always(length("")).refused(MALFORMED_RESPONSE, 3),
        of("length and chunks").always(new LengthAndChunked()),
        of("chunks of a range").always(new Chunked()),
        of("chunks without ranges").always(WHOLE.and(new Chunked())),
        of("last chunk left out, once")
            .first(WHOLE.and(new ChunkedCut()))
            .after(SHORT_BODY)
            .requests(2),
        of("last chunk left out without ranges, for ever")
            .always(WHOLE.and(new ChunkedCut()))
            .refused(SHORT_BODY, 4)
            .requests(4, 8)
            .refetched(0, 8L * Scenario.SIZE)
            .keeps(Scenario.SIZE),
        of("chunk size that is no number, after all bytes").first(new BadChunkSize()),
        of("chunk size that is no number, without ranges")
            .first(WHOLE.and(new BadChunkSize()))
            .after(MALFORMED_RESPONSE)
            .requests(2),
        of("chunk two longer than it is, without ranges")
            .first(WHOLE.and(new LyingSize(2)))
            .after(MALFORMED_RESPONSE, VERSION_CHANGED)
            .requests(3)
            .refetched(Scenario.SIZE + 2),
        of("chunk one longer than it is, without ranges")
            .first(WHOLE.and(new LyingSize(1)))
            .after(MALFORMED_RESPONSE, VERSION_CHANGED)
            .requests(3)
            .refetched(Scenario.SIZE + 1),
        of("chunk one shorter than it is, without ranges")
            .first(WHOLE.and(new LyingSize(-1)))
            .after(MALFORMED_RESPONSE)
            .requests(2),
        of("chunk far longer than it is, without ranges")
            .first(WHOLE.and(new LyingSize(1 << 20)))
            .after(SHORT_BODY, VERSION_CHANGED)
            .requests(3)
            .refetched(Scenario.SIZE + 7),
        of("negative chunk size")
            .always(WHOLE.and(new OddSize("-5")))
            .refused(MALFORMED_RESPONSE, 3),
        of("chunk size beyond all numbers")
            .always(WHOLE.and(new OddSize("fffffffffffffffff")))
            .refused(MALFORMED_RESPONSE, 3),
        of("chunk size with a prefix")
            .always(WHOLE.and(new OddSize("0x10")))
            .refused(MALFORMED_RESPONSE, 3),
        of("chunk size with a sign")
            .always(WHOLE.and(new OddSize("+5")))
            .refused(MALFORMED_RESPONSE, 3),
        of("chunk size behind a blank")
            .always(WHOLE.and(new OddSize(" 5")))
            .refused(MALFORMED_RESPONSE, 3),
        of("chunk size in two words")
            .always(WHOLE.and(new OddSize("5 5")))
            .refused(MALFORMED_RESPONSE, 3),
        of("chunk size told as none")
            .always(WHOLE.and(new OddSize("0")))
            .refused(MALFORMED_RESPONSE, 3),
        of("line feed alone behind a chunk size")
            .always(WHOLE.and(new OddSize("493e0\n493e0")))
            .refused(MALFORMED_RESPONSE, 3),
        of("end of the connection for an end, refused")
            .always(WHOLE.and(new CloseDelimited()))
            .refused(UNKNOWN_LENGTH),
        of("end of the connection for an end, allowed")
            .entry("allowUnknownLength", "true")
            .always(WHOLE.and(new CloseDelimited())),
        of("end of the connection for an end, a digest known")
            .withDigest()
            .always(WHOLE.and(new CloseDelimited())),
        of("end of the connection too early, a digest known")
            .withDigest()
            .always(WHOLE.and(new CloseDelimited()).and(new CutAfter(100_000, false)))
            .refused(DIGEST_MISMATCH, 2)
            .refetched(200_000)
            .keepsRejected(),
        of("end of the connection too early, the size known")
            .entry("size", "300000")
            .first(WHOLE.and(new CloseDelimited()).and(new CutAfter(100_000, false)))
            .after(SHORT_BODY)
            .requests(2),
        of("end of the connection of a range, too early")
            .first(new CloseDelimited().and(new CutAfter(100_000, false)))
            .after(SHORT_BODY)
            .requests(2),
        of("gzip uninvited").always(new GzipUninvited()).refused(CONTENT_ENCODED),
        of("identity for a coding").always(new WithFields(Map.of("Content-Encoding", "identity"))),
        of("unknown transfer coding")
            .always(new WithFields(Map.of("Transfer-Encoding", "gzip")))
            .refused(MALFORMED_RESPONSE, 3)
            .requests(3),
        of("HTTP/1.0 and a close").always(head("HTTP/1.1", "HTTP/1.0")),
        of("line feeds alone").always(head("\r\n", "\n")),
        of("status line without a reason").always(head("206 Partial Content", "206")),
        of("status line of another protocol")
            .always(head("HTTP/1.1", "ICY"))
            .refused(MALFORMED_RESPONSE, 3),
        of("status that is no number").always(head("206", "2O6")).refused(MALFORMED_RESPONSE, 3),
        of("status of four digits").always(head("206", "2060")).refused(MALFORMED_RESPONSE, 3),
        of("header without a colon").always(head("ETag:", "ETag")).refused(MALFORMED_RESPONSE, 3),
        of("headers over several lines").always(head("Server: ", "Server: a\r\n b\r\n c ")),
        of("null bytes in a header").always(head("Server: ", "Server: \0\0")),
        of("another protocol altogether")
            .always(RawResponse.of("SSH-2.0-OpenSSH_9.2\r\n"))
            .refused(MALFORMED_RESPONSE, 3),
        of("HTTP/2 in the clear")
            .always(RawResponse.of("\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0\u0080"))
            .refused(MALFORMED_RESPONSE, 3),
        of("headers beyond all number")
            .always(head("Server:", "X-Filler: a\r\n".repeat(300) + "Server:"))
            .refused(MALFORMED_RESPONSE, 3),
        of("a header beyond all length")
            .always(head("Server: ", "Server: " + "a".repeat(70_000)))
            .refused(MALFORMED_RESPONSE, 3),
        of("continue and early hints before the answer")
            .always(
                head(
                    "^HTTP",
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP")),
        of("protocols switched unasked")
            .always(RawResponse.of("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n"))
            .refused(MALFORMED_RESPONSE, 3),
        of("no content").always(new WithStatus(204).and(CLOSED)).refused(UNEXPECTED_STATUS),
        of("not modified, unasked")
            .always(new WithStatus(304).and(CLOSED))
            .refused(UNEXPECTED_STATUS),
        of("status beyond all classes").always(new WithStatus(999)).refused(UNEXPECTED_STATUS));
  }

  private static Fault length(String value) {
    return new WithFields(Map.of("Content-Length", value)).and(new CutAfter(300_000, false));
  }

  private static Fault head(String pattern, String replacement) {
    return Rewritten.replacing(pattern, replacement.replace("$", "\\$"));
  }
}
