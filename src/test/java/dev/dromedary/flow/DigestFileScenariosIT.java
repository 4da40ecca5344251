package dev.dromedary.flow;

import static dev.dromedary.flow.Scenario.of;
import static dev.dromedary.transfer.FailureCode.CONNECTION_LOST;
import static dev.dromedary.transfer.FailureCode.CONTENT_ENCODED;
import static dev.dromedary.transfer.FailureCode.DIGEST_FILE_UNUSABLE;
import static dev.dromedary.transfer.FailureCode.DIGEST_MISMATCH;
import static dev.dromedary.transfer.FailureCode.DIGEST_MISSING;
import static dev.dromedary.transfer.FailureCode.FIRST_BYTE_TIMEOUT;
import static dev.dromedary.transfer.FailureCode.FORBIDDEN;
import static dev.dromedary.transfer.FailureCode.MALFORMED_RESPONSE;
import static dev.dromedary.transfer.FailureCode.REDIRECT_REFUSED;
import static dev.dromedary.transfer.FailureCode.SERVER_ERROR;
import static dev.dromedary.transfer.FailureCode.SERVICE_UNAVAILABLE;
import static dev.dromedary.transfer.FailureCode.SHORT_BODY;
import static dev.dromedary.transfer.FailureCode.STALLED;
import static dev.dromedary.transfer.FailureCode.TOO_MANY_REQUESTS;
import static dev.dromedary.transfer.FailureCode.TOO_SLOW;
import static dev.dromedary.transfer.FailureCode.UNAUTHORIZED;
import static dev.dromedary.transfer.FailureCode.UNEXPECTED_STATUS;

import dev.dromedary.demo.AnswerFault.EndlessErrorBody;
import dev.dromedary.demo.AnswerFault.ExtraHeaders;
import dev.dromedary.demo.AnswerFault.RedirectTo;
import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.GzipUninvited;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.BodyFault.Trickle;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FixedContent;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.FramingFault.ChunkedCut;
import dev.dromedary.demo.FramingFault.CloseDelimited;
import dev.dromedary.demo.HeadFault;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.WireFault.CloseWithoutAnswer;
import dev.dromedary.demo.WireFault.Endless1xx;
import dev.dromedary.demo.WireFault.RawResponse;
import dev.dromedary.demo.WireFault.StallBeforeHeaders;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What servers do to digest files: the bytes of the file are never asked for again (I1, I2). */
class DigestFileScenariosIT extends ScenarioTable {

  private static final String OTHERS = ("0".repeat(64) + "  other\n").repeat(70_000);

  /** Longer than a worker is kept waiting: the part file is closed and opened again. */
  private static final Fault LONG_WAIT = Status.retryAfter(503, Duration.ofSeconds(3));

  private static final Fault NONE = new Fault.None();

  @Override
  Map<String, String> settings() {
    return Map.of(
        "http.stall-timeout", "700ms",
        "http.first-byte-timeout", "1200ms",
        "http.min-speed", "20kB",
        "http.min-speed-window", "1s",
        "transfer.concurrency", "64");
  }

  @Override
  List<Scenario> rows() {
    return List.of(
        listed("as it should be", NONE),
        listed("in chunks", new Chunked()),
        listed("without a length", new CloseDelimited()),
        listed("with a type of its own", new ExtraHeaders(Map.of("Content-Type", "text/html"))),
        listed("cut once", NONE, new CutAfter(20, false)).after(SHORT_BODY),
        listed("cut in chunks", NONE, new Chunked().and(new ChunkedCut()))
            .afterOneOf(SHORT_BODY, MALFORMED_RESPONSE),
        listed("silent before its head", NONE, new StallBeforeHeaders()).after(FIRST_BYTE_TIMEOUT),
        listed("silent in its middle", NONE, new StallAfter(20)).after(STALLED),
        listed("a trickle", NONE, new Trickle(20)).afterOneOf(TOO_SLOW, STALLED),
        listed("closed without an answer", NONE, new CloseWithoutAnswer())
            .afterAny(CONNECTION_LOST),
        listed("no HTTP", NONE, new RawResponse(FixedContent.of("SSH-2.0-x\r\n\r\n")))
            .after(MALFORMED_RESPONSE),
        listed("information without end", NONE, new Endless1xx()).after(FIRST_BYTE_TIMEOUT),
        listed("429, then served", NONE, Status.retryAfter(429, Duration.ZERO))
            .after(TOO_MANY_REQUESTS),
        listed("503 that wants to be left alone, then served", NONE, LONG_WAIT)
            .after(SERVICE_UNAVAILABLE),
        listed("500, then served", NONE, new Status(500)).after(SERVER_ERROR),
        listed("503 with an endless body, then served", NONE, new EndlessErrorBody(503))
            .after(SERVICE_UNAVAILABLE),
        listed("404 twice, then served", NONE, new Status(404), new Status(404))
            .after(DIGEST_MISSING, DIGEST_MISSING),
        listed("empty at first", NONE, new Status(200, Map.of(), "")).after(DIGEST_MISSING),
        kept(listed("404 for ever", new Status(404)), DIGEST_MISSING, 4),
        kept(listed("410 for ever", new Status(410)), DIGEST_MISSING, 4),
        kept(listed("500 for ever", new Status(500)), SERVER_ERROR, 4),
        kept(listed("401", new Status(401)), UNAUTHORIZED, 1),
        kept(listed("403", new Status(403)), FORBIDDEN, 1),
        kept(listed("204", new Status(204)), UNEXPECTED_STATUS, 1),
        kept(listed("304", new Status(304)), UNEXPECTED_STATUS, 1),
        kept(listed("compressed", new GzipUninvited()), CONTENT_ENCODED, 1),
        kept(listed("redirected to a file", new RedirectTo("file:///x")), REDIRECT_REFUSED, 1),
        kept(listed("a page", page("<!DOCTYPE html><html>")), DIGEST_FILE_UNUSABLE, 1),
        kept(listed("a page without end", new EndlessErrorBody(200)), DIGEST_FILE_UNUSABLE, 1),
        kept(listed("text", page("Sorry.\n")), DIGEST_FILE_UNUSABLE, 1),
        kept(listed("lines without end", page(OTHERS)), DIGEST_FILE_UNUSABLE, 1),
        listed("of another file", page("0".repeat(64) + "\n"))
            .refused(DIGEST_MISMATCH, 2)
            .keepsRejected()
            .keptAsItIs(),
        kept(listed("a part of it", partial("bytes 0-9/99")), UNEXPECTED_STATUS, 1),
        kept(listed("a part of nothing", partial("none")), UNEXPECTED_STATUS, 1));
  }

  /** A source with a digest file, for whose requests faults are scripted. */
  private static Scenario listed(String name, Fault always, Fault... first) {
    return of(name)
        .entry("digestFrom", ".sha256")
        .first(
            stage -> {
              String path = stage.path() + ".sha256";
              Content text = FixedContent.of(hex(stage.row().content) + "  " + "-\n");
              stage.origin().put(Resource.of(path, text).withContentType("text/plain"));
              stage.origin().script(path, first);
              stage.origin().forever(path, always);
              return NONE;
            });
  }

  /** Expects a dead letter with every byte kept, which were asked for once. */
  private static Scenario kept(Scenario row, FailureCode code, int attempts) {
    return row.refused(code, attempts).requests(1).keeps(Scenario.SIZE);
  }

  private static Fault page(String text) {
    return new Status(200, Map.of(), text);
  }

  private static Fault partial(String range) {
    return HeadFault.Rewritten.replacing(
        "200 OK", "206 Partial Content\r\nContent-Range: " + range);
  }

  private static String hex(Content content) {
    return HexFormat.of().formatHex(content.digest(DigestAlgorithm.SHA_256));
  }
}
