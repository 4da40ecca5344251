package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.CLAIMED;
import static dev.dromedary.routing.TransferProperties.FAILURE;
import static dev.dromedary.routing.TransferProperties.FAILURE_ACTION;
import static dev.dromedary.routing.TransferProperties.PLACE;
import static dev.dromedary.routing.TransferProperties.RESTS;
import static dev.dromedary.routing.TransferProperties.required;

import dev.dromedary.failure.Failure;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TransferState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The steps of {@code failures} and {@code dead-letter}. {@link #process} runs as soon as an
 * attempt failed, before Camel asks whether and when to try again: it classifies once, decides
 * once, and everything after reads its decision.
 *
 * <p>Thread-safe: what belongs to one transfer is in its {@link TransferRun}.
 */
public final class FailureSteps implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(FailureSteps.class);

  /** Instead of an action: the next attempt is too far away to keep a consumer waiting for it. */
  private static final String WAIT = "WAIT";

  /**
   * A wait as long as this is spent in the {@link WaitingRoom}; a shorter one in its consumer, but
   * of what awaits a host, or {@link #givesWay}.
   */
  private static final Duration LONG_WAIT = Duration.ofSeconds(2);

  /** What a link that is signed may end with, and one that is signed anew may not. */
  private static final Set<FailureCode> OF_SIGNATURE =
      EnumSet.of(FailureCode.CLIENT_ERROR, FailureCode.UNAUTHORIZED, FailureCode.FORBIDDEN);

  private final TransferServices services;
  private final TransferEvents events;
  private final Shortages shortages;
  private final FailureJudge judge;
  private final LeftCopies copies;
  private final RefusedVersions refusedVersions;

  /** Creates the steps. */
  public FailureSteps(TransferServices services, TransferEvents events) {
    this.services = services;
    this.events = events;
    this.shortages = new Shortages(services, events);
    this.judge = new FailureJudge(services, events, shortages);
    this.copies = new LeftCopies(services.limits().landing());
    this.refusedVersions =
        new RefusedVersions(services.ledger(), services.retries(), services.clock());
  }

  /** Classifies the failure that just occurred and decides what is done about it. */
  @Override
  public void process(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    Failure failure = judge.classify(thrown, run);
    exchange.setProperty(FAILURE, failure);
    exchange.setProperty(FAILURE_ACTION, failure.code().action().name());
    if (failure.code() == FailureCode.BUG_FOUND) {
      LOG.error("code={} msg=\"unexpected failure\"", failure.code().label(), thrown);
    }
    if (run == null) {
      if (Shortages.isOne(failure.code()) || failure.code() == FailureCode.NO_MEMORY) {
        restUnopened(exchange, failure);
      }
      return;
    }
    if (run.record().state() == TransferState.DELIVERING) {
      copies.takeBack(run);
    }
    tellBreaker(run, failure.code());
    URI asked = run.mirrors().lead().current();
    services.catalog().refresh();
    FailureDecision decision = judge.decide(run, failure);
    FailureDecision before = run.tries().decision();
    run.tries().decide(decision);
    run.progress().failed(failure.code(), failure.message());
    try {
      record(run, asked, decision);
    } catch (DromedaryException e) {
      if (!FailureJudge.isOurs(e.code())) {
        throw e;
      }
      decision = recordLater(exchange, run, decision, e, before);
    }
    if (decision.retry()) {
      awaitRetry(exchange, run, decision);
    }
  }

  /**
   * What keeps a transfer from being claimed or opened is waited for no longer than in its midst.
   */
  private void restUnopened(Exchange exchange, Failure failure) {
    String id = required(exchange, TransferProperties.TRANSFER_ID, String.class);
    TransferRecord claimed = exchange.getProperty(CLAIMED, TransferRecord.class);
    TransferRun waited = services.waiting().runOf(id).orElse(null);
    if (shortages.mayWait(id, waited, claimed, failure)) {
      Duration interval = services.limits().room().interval();
      if (claimed != null) {
        shortages.tell(waited, claimed, failure);
      } else if (waited != null) {
        FailureDecision rest = new FailureDecision(failure, true, interval);
        decideUnrecorded(waited, rest, waited.tries().decision());
      }
      rest(exchange, interval);
      return;
    }
    services.waiting().leave(id);
    if (waited != null) {
      exchange.setProperty(TransferProperties.TRANSFER, waited);
      waited.tries().decide(new FailureDecision(failure, false, Duration.ZERO));
    }
  }

  /** What brought a byte is served; only silence and the server's own trouble speak against it. */
  private void tellBreaker(TransferRun run, FailureCode code) {
    String host = run.mirrors().lead().host();
    if (code == FailureCode.HOST_RESTING) {
      return;
    }
    boolean isOfFile = !run.tries().hasReceived() && !run.isAllHere();
    if (HostBreakers.speaksAgainst(code) && isOfFile) {
      services.breakers().failed(host, run.source().id());
    } else {
      services.breakers().abandoned(host, run.record().id());
    }
  }

  private void record(TransferRun run, URI asked, FailureDecision decision) {
    Failure failure = run.answered(decision.failure());
    Instant now = services.clock().instant();
    int number = services.ledger().nextAttemptNumber(run.record().id());
    services
        .ledger()
        .recordAttempt(run.tries().failed(run.record().id(), number, asked, failure, now));
    if (!decision.retry()) {
      return;
    }
    TransferRecord waiting =
        run.recordNow(now)
            .retrying(
                failure.code(),
                failure.message(),
                now.plus(decision.delay()),
                Fingerprint.ofAsked(run.source()));
    boolean counts = !Shortages.isOne(failure.code()) && failure.code() != FailureCode.HOST_RESTING;
    run.record(
        services
            .ledger()
            .advance(
                run.record(), counts ? waiting : waiting.withAttempts(run.record().attempts())));
  }

  /**
   * What the ledger does not take now rests all the same, as long as it would have: its worker is
   * still we.
   */
  private FailureDecision recordLater(
      Exchange exchange,
      TransferRun run,
      FailureDecision unrecorded,
      DromedaryException refusal,
      @Nullable FailureDecision before) {
    boolean isOver = !unrecorded.retry() && Shortages.isOne(unrecorded.failure().code());
    if (isOver) {
      return unrecorded;
    }
    Failure failure = new Failure(refusal.code(), String.valueOf(refusal.getMessage()));
    exchange.setProperty(FAILURE, failure);
    Duration interval = services.limits().room().interval();
    Duration wish = unrecorded.delay();
    FailureDecision rest =
        new FailureDecision(failure, true, wish.compareTo(interval) > 0 ? wish : interval);
    decideUnrecorded(run, rest, before);
    return rest;
  }

  /** No event tells of a wait that cannot be recorded, so that the log does, once. */
  private static void decideUnrecorded(
      TransferRun run, FailureDecision rest, @Nullable FailureDecision before) {
    Failure failure = rest.failure();
    boolean isTold = before != null && before.failure().code() == failure.code();
    LOG.atLevel(isTold ? Level.DEBUG : Level.ERROR)
        .log(
            "transfer={} source={} msg=\"waits, which cannot be recorded\" code={} reason=\"{}\""
                + " delaySeconds={}",
            run.record().id(),
            run.source().id(),
            failure.code().label(),
            failure.message(),
            rest.delay().toMillis() / 1000.0);
    run.tries().decide(rest);
    run.progress().failed(failure.code(), failure.message());
  }

  private void awaitRetry(Exchange exchange, TransferRun run, FailureDecision decision) {
    run.progress().retryAt(services.clock().instant().plus(decision.delay()));
    boolean isLong = decision.delay().compareTo(LONG_WAIT) >= 0;
    // who awaits a host goes on when that answers whomever, and not only in its time
    if (isLong
        || run.tries().restingHost() != null
        || givesWay(exchange, run)
        || FailureJudge.isOurs(decision.failure().code())
        || services.catalog().isEdited(run.source())) {
      // from a rest it comes back as its list names it by now
      rest(exchange, decision.delay());
    } else {
      // for the case that Camel does not repeat it: its route is being stopped
      exchange.setProperty(FAILURE_ACTION, FailureAction.SUSPEND.name());
      exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, decision.delay().toMillis());
    }
    events.changed(run);
  }

  /** What has just brought nothing keeps nobody waiting who may bring something. */
  private static boolean givesWay(Exchange exchange, TransferRun run) {
    TransferGate.Place place = exchange.getProperty(PLACE, TransferGate.Place.class);
    return run.tries().withoutProgress() > 0 && place != null && place.isWanted();
  }

  private static void rest(Exchange exchange, Duration delay) {
    exchange.setProperty(FAILURE_ACTION, WAIT);
    exchange.setProperty(RESTS, delay);
  }

  /** Says whether another attempt follows; Camel asks after {@link #process}. */
  public boolean mayRetry(Exchange exchange) {
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    if (run == null || run.record().state().isTerminal()) {
      return false;
    }
    FailureDecision decision = run.tries().decision();
    return decision != null
        && decision.retry()
        && !WAIT.equals(exchange.getProperty(FAILURE_ACTION))
        && !services.stop().isRaised();
  }

  /** Sets a transfer down for the next start, or for good when an operator wants it to end. */
  public void suspend(Exchange exchange) {
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    if (run != null && !run.record().state().isTerminal() && !run.isCancelled()) {
      run.record(
          services
              .ledger()
              .advance(
                  run.record(),
                  run.recordNow(services.clock().instant()).withState(TransferState.QUEUED)));
      events.changed(run);
    }
  }

  /** Records a dead letter; leaves its facts for {@code failed.uri}. */
  public void giveUp(Exchange exchange) {
    Failure failure = required(exchange, FAILURE, Failure.class);
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    if (run == null) {
      giveUpUnopened(exchange, failure);
      return;
    }
    TransferRecord dead =
        refusedVersions.note(
            run,
            run.recordNow(services.clock().instant())
                .withPartFile(run.keptAt().map(services.limits()::partFile).orElse(null))
                .failed(failure.code(), failure.message())
                .withAsked(askedInVain(run.source(), failure.code())));
    run.close();
    run.record(end(run.record(), dead));
    EventBody.put(exchange, events.failed(run));
  }

  /** Another signature may be let in where one was not, and finds no file that is not there. */
  private static String askedInVain(Source source, FailureCode code) {
    return OF_SIGNATURE.contains(code)
        ? Fingerprint.ofAsked(source)
        : Fingerprint.ofAskedUnsigned(source);
  }

  /** A disk that stays full takes no record either: the next start or poll goes on from there. */
  private TransferRecord end(TransferRecord from, TransferRecord dead) {
    try {
      return services.ledger().advance(from, dead);
    } catch (DromedaryException e) {
      FailureCode why = dead.code();
      if (why == null || !Shortages.isOne(e.code()) || !Shortages.isOne(why)) {
        throw e;
      }
      LOG.warn(
          "transfer={} msg=\"its end is not recorded\" reason=\"{}\"", dead.id(), e.getMessage());
      return dead;
    }
  }

  /** A transfer whose part file could not even be opened has an outcome as any other (I5). */
  private void giveUpUnopened(Exchange exchange, Failure failure) {
    TransferRecord claimed = required(exchange, CLAIMED, TransferRecord.class);
    services.waiting().leave(claimed.id());
    TransferRecord dead = claimed.failed(failure.code(), failure.message());
    EventBody.put(exchange, events.ended(services.ledger().advance(claimed, dead)));
  }

  /** Says whether the transfer has ended as recorded, so that what fails now came after that. */
  public boolean hasEnded(Exchange exchange) {
    TransferRun run = exchange.getProperty(TransferProperties.TRANSFER, TransferRun.class);
    return run != null && run.record().state().isTerminal();
  }
}
