package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.ANSWER;
import static dev.dromedary.routing.TransferProperties.required;

import dev.dromedary.component.PartFileProducer;
import dev.dromedary.origin.TimedBody;
import dev.dromedary.response.ResponseFacts;
import dev.dromedary.response.ResponseJudge;
import dev.dromedary.response.Verdict;
import dev.dromedary.source.HeaderRules;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.HttpFailure;
import dev.dromedary.transfer.MaskedUrl;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The steps of the route {@code fetch-part}: compose one GET, judge its answer, place its body,
 * close it. Thread-safe: what belongs to one part is kept in its exchange.
 */
public final class PartSteps {

  private static final String PART = PartFileProducer.PART;
  private static final String REQUEST = "partRequest";
  private static final String URL = "partUrl";
  private static final String HOP = "partHop";
  private static final String BODY = "partBody";
  private static final Set<Integer> EXPIRED_LINK = Set.of(401, 403, 404, 410);

  private final TransferServices services;
  private final BodyPlacement placement;
  private final RangeTrust trust;
  private final OwnHeaders ownHeaders;

  /**
   * Creates the steps.
   *
   * @param headerRules resolves what the headers of a source refer to
   */
  public PartSteps(TransferServices services, TransferEvents events, HeaderRules headerRules) {
    this.services = services;
    this.ownHeaders = new OwnHeaders(services.origins(), headerRules);
    this.placement = new BodyPlacement(services, events);
    this.trust = new RangeTrust(services);
  }

  /** Lets a part end with its exchange, also where a step before its own route fails. */
  public void handOut(Exchange exchange) {
    Part part = exchange.getMessage().getBody(Part.class);
    if (part != null) {
      ExchangeEnd.then(exchange, done -> part.flow().ended(part, done.getException()));
    }
  }

  /** Takes the part to fetch from the body; there is none when the attempt ended meanwhile. */
  public void begin(Exchange exchange) {
    Part part = exchange.getMessage().getBody(Part.class);
    exchange.setProperty(PART, part);
    exchange.setProperty(ANSWER, part == null ? "ENDED" : "ASK");
    exchange.setProperty(HOP, 0);
    exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, Boolean.TRUE);
    if (part != null) {
      part.requireOwnThread();
    }
  }

  /** Composes the request: nothing of the message before it is sent. */
  public void ask(Exchange exchange) throws InterruptedException {
    Part part = part(exchange);
    TransferRun run = TransferProperties.run(exchange);
    URI redirected = exchange.getProperty(URL, URI.class);
    URI url = redirected == null ? part.mirror().current() : redirected;
    String host = Mirror.host(url);
    part.flow().moveTo(host, part);
    part.asks(host, services.rates().pace(run.record().id(), run.source().id(), host));
    trust.decide(part, run, host);
    PartRequest request = PartRequest.of(run, part, url, ownHeaders.of(run, url));
    exchange.setProperty(URL, url);
    exchange.setProperty(REQUEST, request);
    Message message = exchange.getMessage();
    message.setBody(null);
    message.setHeaders(new HashMap<>(request.headers()));
    message.setHeader(Exchange.HTTP_URI, url.toASCIIString());
  }

  /** Judges the answer: the part is placed, asked for elsewhere, or ended. */
  public void judge(Exchange exchange) throws IOException {
    PartRequest request = required(exchange, REQUEST, PartRequest.class);
    if (exchange.getMessage().getBody() instanceof Closeable body) {
      exchange.setProperty(BODY, body);
    }
    ResponseFacts facts = facts(exchange.getMessage());
    part(exchange).answered(facts.status());
    Verdict verdict = ResponseJudge.judge(request.asked(), facts, services.clock().instant());
    TransferRun run = TransferProperties.run(exchange);
    if (!(verdict instanceof Verdict.Refused no && HostBreakers.speaksAgainst(no.code()))) {
      String host = part(exchange).mirror().host();
      if (services.breakers().answered(host)) {
        services.waiting().wakeForHost(host);
      }
    }
    if (verdict instanceof Verdict.Body body) {
      if (placement.place(part(exchange), run, request, facts, body)) {
        trust.answered(part(exchange), request, body.whole());
        PartFlow flow = part(exchange).flow();
        flow.served(part(exchange), required(exchange, BODY, Closeable.class));
        flow.answered(part(exchange), run.heldLength(), RangeSupport.of(run, request, body));
        exchange.setProperty(ANSWER, "BODY");
      } else {
        again(exchange);
      }
    } else if (verdict instanceof Verdict.Redirect redirect) {
      redirect(exchange, request, redirect);
    } else if (verdict instanceof Verdict.NotModified) {
      run.before().requireNotRefused();
      part(exchange).flow().endUnchanged();
      exchange.setProperty(ANSWER, "ENDED");
    } else if (verdict instanceof Verdict.OtherNotModified) {
      run.mirrors().forgetKnown();
      again(exchange);
    } else if (verdict instanceof Verdict.NothingLeft nothing) {
      placement.placeNothing(part(exchange), run, nothing.representation());
      exchange.setProperty(ANSWER, "ENDED");
    } else {
      refused(exchange, request, (Verdict.Refused) verdict);
    }
  }

  private void redirect(Exchange exchange, PartRequest request, Verdict.Redirect redirect)
      throws IOException {
    int hop = required(exchange, HOP, Integer.class);
    Mirror mirror = part(exchange).mirror();
    exchange.setProperty(URL, mirror.follow(request.url(), redirect.location(), hop + 1));
    exchange.setProperty(HOP, hop + 1);
    again(exchange);
  }

  private void refused(Exchange exchange, PartRequest request, Verdict.Refused refused)
      throws IOException {
    Part part = part(exchange);
    Mirror mirror = part.mirror();
    boolean isFirstHop = required(exchange, HOP, Integer.class) == 0;
    boolean isRemembered = isFirstHop && !request.url().equals(mirror.url());
    if (isRemembered && EXPIRED_LINK.contains(refused.status())) {
      mirror.forgetRedirectTo(request.url());
      exchange.setProperty(URL, mirror.url());
      again(exchange);
      return;
    }
    boolean mayBeTheRange = refused.status() == 403 || refused.status() == 416;
    if (mayBeTheRange && request.asked().ranged() && !part.flow().mustBeRanged(part)) {
      if (refused.code() != FailureCode.VERSION_CHANGED) {
        if (BodyPlacement.holdsMuch(TransferProperties.run(exchange))) {
          part.mirror().askForWhole();
        } else {
          part.mirror().refuseRanges();
        }
        part.rangeTurnedAway();
        again(exchange);
        return;
      }
    }
    throw new HttpFailure(
        refused.code(),
        MaskedUrl.of(request.url()) + ": " + refused.message(),
        refused.status(),
        refused.retryAfter());
  }

  /** Notes that the body was written as far as it was wanted, or reports that it ended short. */
  public void received(Exchange exchange) throws IOException {
    if (!"BODY".equals(exchange.getProperty(ANSWER))) {
      return;
    }
    Part part = part(exchange);
    PartFlow flow = part.flow();
    TransferRun run = TransferProperties.run(exchange);
    long position = part.positionOffset();
    if (part.endOffset() == Long.MAX_VALUE) {
      requireSize(exchange, part, run.source().sizeBytes());
      requireHeldLength(exchange, position, run.heldLength());
      requireShown(exchange, position, run.shownBytes());
      requireTold(exchange, position, run);
      run.file().learn(run.factsHeld().withLength(position));
      flow.endedAt(position);
      run.digests().endedBy(part.isFramed());
    } else if (position < part.endOffset()) {
      throw failure(
          required(exchange, REQUEST, PartRequest.class).url(),
          FailureCode.SHORT_BODY,
          "expected bytes up to " + part.endOffset() + ", found them up to " + position);
    }
    flow.arrived();
  }

  /** Without an announced length, only the end of the body tells whether its size is right. */
  private static void requireSize(Exchange exchange, Part part, OptionalLong expected) {
    long position = part.positionOffset();
    if (expected.isPresent() && expected.getAsLong() != position) {
      boolean mayBeCut = !part.isFramed() && position < expected.getAsLong();
      throw failure(
          required(exchange, REQUEST, PartRequest.class).url(),
          mayBeCut ? FailureCode.SHORT_BODY : FailureCode.SIZE_MISMATCH,
          "expected " + expected.getAsLong() + " bytes, found " + position);
    }
  }

  /** The version may have been announced with its length by an answer before. */
  private static void requireHeldLength(Exchange exchange, long position, OptionalLong held) {
    if (held.isPresent() && position < held.getAsLong()) {
      throw failure(
          required(exchange, REQUEST, PartRequest.class).url(),
          FailureCode.SHORT_BODY,
          "expected " + held.getAsLong() + " bytes as announced before, found " + position);
    }
  }

  /** A version does not become shorter: who ends before what came of it once was cut. */
  private static void requireShown(Exchange exchange, long position, long shownBytes) {
    if (position < shownBytes) {
      throw failure(
          required(exchange, REQUEST, PartRequest.class).url(),
          FailureCode.SHORT_BODY,
          "expected at least " + shownBytes + " bytes as came before, found " + position);
    }
  }

  /** Where nothing else tells the end, TLS does: a connection may be cut by anybody. */
  private static void requireTold(Exchange exchange, long position, TransferRun run) {
    boolean isKnownOtherwise =
        run.heldLength().isPresent()
            || run.source().sizeBytes().isPresent()
            || run.source().hasDigest();
    boolean isCut = required(exchange, BODY, Closeable.class) instanceof TimedBody b && b.isCut();
    if (isCut && !isKnownOtherwise) {
      throw failure(
          required(exchange, REQUEST, PartRequest.class).url(),
          FailureCode.SHORT_BODY,
          "expected TLS to tell the end (close_notify), found the end of the connection after "
              + position
              + " bytes");
    }
  }

  /** Notes a failure; what it means for the attempt is the flow's to say. */
  public void failed(Exchange exchange) {
    Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Part part = exchange.getProperty(PART, Part.class);
    if (part != null && why != null) {
      part.flow().failed(part, why);
    }
  }

  /** Closes body and writer and gives the connection back, whatever happened. */
  public void close(Exchange exchange) throws IOException {
    Part part = exchange.getProperty(PART, Part.class);
    try {
      closeBody(exchange);
    } finally {
      exchange.getMessage().setBody(null);
      if (part != null) {
        try {
          part.close();
        } finally {
          part.flow().closed(part);
        }
      }
    }
  }

  private static void again(Exchange exchange) throws IOException {
    closeBody(exchange);
    exchange.setProperty(ANSWER, "ASK");
  }

  private static void closeBody(Exchange exchange) throws IOException {
    if (exchange.removeProperty(BODY) instanceof Closeable body) {
      body.close();
    }
  }

  private static Part part(Exchange exchange) {
    return required(exchange, PART, Part.class);
  }

  /** Returns what a response says, without what Camel adds to it. */
  static ResponseFacts facts(Message message) {
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!name.regionMatches(true, 0, "Camel", 0, 5)) {
                headers.put(name, texts(value));
              }
            });
    return new ResponseFacts(status == null ? 0 : status, headers);
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> many
        ? many.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static DromedaryException failure(URI url, FailureCode code, String message) {
    return new DromedaryException(code, MaskedUrl.of(url) + ": " + message);
  }
}
