package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.ANSWER;
import static dev.dromedary.routing.TransferProperties.required;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.origin.OriginHeaders;
import dev.dromedary.response.Asked;
import dev.dromedary.response.KnownVersion;
import dev.dromedary.response.ResponseFacts;
import dev.dromedary.response.ResponseJudge;
import dev.dromedary.response.Verdict;
import dev.dromedary.sidecar.SidecarReader;
import dev.dromedary.sidecar.SidecarVerdict;
import dev.dromedary.source.HeaderRules;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.HttpFailure;
import dev.dromedary.transfer.MaskedUrl;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The steps of the route {@code fetch-digest}: ask for the digest file of a source under the limits
 * and guards of a part, and take from it what the bytes are verified with. Thread-safe: what
 * belongs to one fetch is kept in its exchange.
 */
public final class DigestSteps {

  private static final String FETCH = "digestFetch";
  private static final Set<Integer> NOTHING_THERE = Set.of(404, 410);

  private final TransferServices services;
  private final OwnHeaders ownHeaders;

  /**
   * Creates the steps.
   *
   * @param headerRules resolves what the headers of a source refer to
   */
  public DigestSteps(TransferServices services, HeaderRules headerRules) {
    this.services = services;
    this.ownHeaders = new OwnHeaders(services.origins(), headerRules);
  }

  /** Begins with the URL of the digest file as the source's owner named it. */
  public void begin(Exchange exchange) {
    TransferRun run = TransferProperties.run(exchange);
    DigestFile file = run.source().digestFile().orElseThrow();
    DigestFetch fetch = new DigestFetch(run.source(), file, services.limits().maxRedirects());
    exchange.setProperty(FETCH, fetch);
    exchange.setProperty(ANSWER, "ASK");
    exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, Boolean.TRUE);
  }

  /**
   * Waits for a connection to the host that is asked, which is one of all transfers', and composes
   * the request: nothing of the message before it is sent.
   */
  public void ask(Exchange exchange) {
    TransferRun run = TransferProperties.run(exchange);
    DigestFetch fetch = fetch(exchange);
    URI url = fetch.url();
    connect(run, fetch);
    services.stop().requireGoesOn(run);
    fetch.asks(services.rates().pace(run.record().id(), run.source().id(), fetch.host()));
    Map<String, Object> headers = new HashMap<>(ownHeaders.ofDigestFile(run, fetch));
    headers.put(OriginHeaders.TRANSFER_ID, run.record().id());
    headers.put(OriginHeaders.TARGET, PartRequest.target(url));
    if (fetch.isNamed() || run.mirrors().isNamed(url)) {
      headers.put(OriginHeaders.NAMED, "owner");
    }
    headers.put("Accept-Encoding", "identity");
    headers.put(Exchange.HTTP_URI, url.toASCIIString());
    Message message = exchange.getMessage();
    message.setBody(null);
    message.setHeaders(headers);
  }

  /** Takes a connection of the host that is asked, in place of that of who redirected there. */
  private void connect(TransferRun run, DigestFetch fetch) {
    try {
      new RunConnections(run, services)
          .move(fetch, fetch.host(), () -> services.stop().requireGoesOn(run));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DromedaryException(
          FailureCode.STOPPING, "interrupted before a connection was free", e);
    }
  }

  /** Judges the answer: it is read, asked for elsewhere, or of no use. */
  public void judge(Exchange exchange) throws IOException {
    DigestFetch fetch = fetch(exchange);
    Message message = exchange.getMessage();
    if (message.getBody() instanceof Closeable body) {
      fetch.answered(body);
    }
    ResponseFacts facts = PartSteps.facts(message);
    Verdict verdict =
        ResponseJudge.judge(Asked.whole(KnownVersion.NONE), facts, services.clock().instant());
    if (verdict instanceof Verdict.Body body && body.whole()) {
      fetch.framed(
          body.representation().lengthBytes().isPresent() || BodyPlacement.isChunked(facts));
      exchange.setProperty(ANSWER, "BODY");
    } else if (verdict instanceof Verdict.Redirect redirect) {
      fetch.closeBody();
      fetch.follow(redirect.location());
    } else if (verdict instanceof Verdict.Refused refused) {
      throw new HttpFailure(
          code(refused), refused.message(), refused.status(), refused.retryAfter());
    } else {
      throw new DromedaryException(
          FailureCode.UNEXPECTED_STATUS, "expected the whole, found another answer");
    }
  }

  /** Nothing that is wrong with the digest file is a reason to drop the bytes of the file. */
  private static FailureCode code(Verdict.Refused refused) {
    if (NOTHING_THERE.contains(refused.status())) {
      return FailureCode.DIGEST_MISSING;
    }
    boolean startsOver = refused.code().action() == FailureAction.START_OVER;
    return startsOver ? FailureCode.UNEXPECTED_STATUS : refused.code();
  }

  /** Reads the digest file; what it says of the source is what the bytes are held against. */
  public void read(Exchange exchange) throws IOException {
    TransferRun run = TransferProperties.run(exchange);
    DigestFetch fetch = fetch(exchange);
    SpeedFloor floor =
        SpeedFloor.of(
            services.origins().origins().times(fetch.host()),
            services.limits(),
            services.nanoClock().getAsLong());
    InputStream body =
        exchange.getMessage().getBody() instanceof InputStream stream
            ? new PacedBody(stream, count -> received(run, fetch, floor, count))
            : InputStream.nullInputStream();
    SidecarVerdict verdict = SidecarReader.read(body, fetch.isFramed(), fetch.wanted());
    if (verdict instanceof SidecarVerdict.Found found) {
      run.digests().publish(found.digests());
    } else if (verdict instanceof SidecarVerdict.Unlisted unlisted) {
      throw new DromedaryException(FailureCode.DIGEST_MISSING, unlisted.message());
    } else if (verdict instanceof SidecarVerdict.Cut cut) {
      throw new DromedaryException(FailureCode.SHORT_BODY, cut.message());
    } else {
      String why = ((SidecarVerdict.Unusable) verdict).message();
      throw new DromedaryException(FailureCode.DIGEST_FILE_UNUSABLE, why);
    }
  }

  private void received(TransferRun run, DigestFetch fetch, SpeedFloor floor, int count) {
    services.stop().requireGoesOn(run);
    floor.received(count, fetch.pace(), () -> !isUnwanted(run), services.nanoClock());
  }

  /** Says of a failure that it is the digest file's, and not that of the bytes. */
  public void failed(Exchange exchange) {
    Throwable why = required(exchange, Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Failure failure = FailureClassifier.classify(why);
    DigestFetch fetch = exchange.getProperty(FETCH, DigestFetch.class);
    String url = fetch == null ? "" : MaskedUrl.of(fetch.url());
    String message = failure.message();
    throw new DromedaryException(
        failure.code(),
        "digest file " + (message.startsWith(url) ? message : url + ": " + message),
        why,
        failure.retryAfter());
  }

  /** Closes the body and gives the connection back, whatever happened. */
  public void close(Exchange exchange) throws IOException {
    DigestFetch fetch = exchange.getProperty(FETCH, DigestFetch.class);
    exchange.removeProperty(FETCH);
    exchange.getMessage().setBody(null);
    exchange.getMessage().setHeaders(new HashMap<>());
    if (fetch == null) {
      return;
    }
    try {
      fetch.closeBody();
    } finally {
      fetch.closePace();
      new RunConnections(TransferProperties.run(exchange), services).giveBack(fetch);
    }
  }

  private boolean isUnwanted(TransferRun run) {
    return run.isCancelled() || services.stop().isRaised();
  }

  private static DigestFetch fetch(Exchange exchange) {
    return required(exchange, FETCH, DigestFetch.class);
  }
}
