package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.CLAIMED;
import static dev.dromedary.routing.TransferProperties.DIGESTS;
import static dev.dromedary.routing.TransferProperties.OUTCOME;
import static dev.dromedary.routing.TransferProperties.PARTS;
import static dev.dromedary.routing.TransferProperties.PLACE;
import static dev.dromedary.routing.TransferProperties.RESTS;
import static dev.dromedary.routing.TransferProperties.TRANSFER;
import static dev.dromedary.routing.TransferProperties.TRANSFER_ID;
import static dev.dromedary.routing.TransferProperties.required;

import dev.dromedary.digest.DigestCheck;
import dev.dromedary.digest.TrailingDigest;
import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.guard.Rejection;
import dev.dromedary.ledger.LandedFile;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.plan.Held;
import dev.dromedary.plan.ResumeDecision;
import dev.dromedary.plan.ResumePolicy;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the routes {@code transfer-file} and {@code attempt-transfer}. Thread-safe: what
 * belongs to one transfer is in its {@link TransferRun}.
 */
public final class TransferSteps {

  private static final Logger LOG = LoggerFactory.getLogger(TransferSteps.class);

  private final TransferServices services;
  private final TransferRuns runs;
  private final TransferEvents events;
  private final DeliverySteps delivery;
  private final PollTracker tracker;
  private final TransferGate gate;
  private final LeftCopies copies;
  private final LandedCheck landedCheck;

  /**
   * Ids come twice when a cancelled or rested transfer is queued again: one at a time is worked.
   */
  private final String worker;

  /** Creates the steps; {@code worker} names this process in the ledger. */
  public TransferSteps(
      TransferServices services,
      TransferRuns runs,
      TransferEvents events,
      DeliverySteps delivery,
      PollTracker tracker,
      TransferGate gate,
      String worker) {
    this.services = services;
    this.runs = runs;
    this.events = events;
    this.delivery = delivery;
    this.tracker = tracker;
    this.gate = gate;
    this.copies = new LeftCopies(services.limits().landing());
    this.landedCheck = new LandedCheck(services.limits().landing());
    this.worker = worker;
  }

  /**
   * Claims the transfer named by the body; outcome CLAIMED; DELIVERED when an earlier run was
   * stopped between delivery and record; NOT_CLAIMED when it is not ours.
   */
  public void claim(Exchange exchange) {
    exchange.setProperty(OUTCOME, "NOT_CLAIMED");
    String id = Objects.requireNonNull(exchange.getMessage().getBody(String.class));
    exchange.setProperty(TRANSFER_ID, id);
    if (!tracker.taken(id)) {
      services.waiting().comeAgain(id, Duration.ZERO);
      return;
    }
    ExchangeEnd.then(
        exchange,
        done -> {
          if (rests(done)) {
            tracker.rests(id);
          } else if (tracker.released(id)) {
            services.waiting().enter(id, Duration.ZERO, null);
          }
        });
    if (!enters(exchange)) {
      services.waiting().comeAgain(id, Duration.ZERO);
      return;
    }
    Optional<TransferRecord> claimed = claim(id);
    if (claimed.isEmpty()) {
      services.waiting().leave(id);
      LOG.debug("transfer={} msg=\"not claimable any more\"", id);
      return;
    }
    Optional<Source> source = services.catalog().find(claimed.get().sourceId());
    if (source.isEmpty()) {
      services.waiting().leave(id);
      TransferRecord gone = claimed.get().cancelled("the source left the list");
      events.ended(services.ledger().left(claimed.get(), gone));
      return;
    }
    exchange.setProperty(CLAIMED, claimed.get());
    TransferRun run =
        services
            .waiting()
            .runOf(id)
            .filter(before -> before.source().equals(source.get()))
            .map(before -> before.goOn(claimed.get()))
            .orElseGet(() -> runs.open(source.get(), claimed.get()));
    services.waiting().leave(id);
    exchange.setProperty(TRANSFER, run);
    runs.begun(run);
    ExchangeEnd.then(
        exchange,
        done -> {
          if (!rests(done)) {
            runs.close(run);
          }
        });
    copies.takeBack(run);
    run.progress().begin(run.heldLength(), run.file().received().sizeBytes());
    boolean isDelivered = delivery.isDone(run);
    exchange.setProperty(OUTCOME, isDelivered ? "DELIVERED" : "CLAIMED");
    if (isDelivered) {
      place(exchange).leaveHost();
      events.changed(run);
    }
  }

  /** What came by another queue than ours, as by a broker's, has no place yet. */
  private boolean enters(Exchange exchange) {
    Object given = exchange.getProperty(PLACE);
    if (given != null) {
      return given != TransferGate.NO_PLACE;
    }
    TransferGate.Place place = gate.enter(services.stop());
    if (place == null) {
      return false;
    }
    place.giveTo(exchange);
    return true;
  }

  private static TransferGate.Place place(Exchange exchange) {
    return required(exchange, PLACE, TransferGate.Place.class);
  }

  /** Says whether it waits; a route that stops may have left out the step that lets it. */
  private boolean rests(Exchange done) {
    return done.getProperty(RESTS) != null
        && services.waiting().holds(required(done, TRANSFER_ID, String.class));
  }

  /** What could not be claimed now, because of the ledger, stays where it waits. */
  private Optional<TransferRecord> claim(String id) {
    try {
      return services.ledger().claim(id, worker);
    } catch (DromedaryException e) {
      services.waiting().comeAgain(id, services.limits().room().interval());
      throw e;
    }
  }

  /** Plans an attempt: what is here counts, or it starts over. Leaves the flow of its parts. */
  public void begin(Exchange exchange) {
    TransferRun run = TransferProperties.run(exchange);
    run.requireWanted();
    place(exchange).enterHost();
    if (run.record().state() == TransferState.RETRYING) {
      run.record(
          services.ledger().advance(run.record(), run.record().withState(TransferState.RUNNING)));
    }
    FailureDecision last = run.tries().decision();
    if (last != null && last.failure().code().action() == FailureAction.SHORTAGE) {
      run.reopen();
    }
    run.mirrors().all().forEach(Mirror::beginAttempt);
    run.progress().attempt(run.record().attempt());
    run.progress().state(TransferState.RUNNING);
    run.beginAttempt(services.clock().instant());
    String host = run.mirrors().lead().host();
    OptionalLong length = resume(run) ? run.heldLength() : OptionalLong.empty();
    if (!run.isAllHere()) {
      services.breakers().begin(host, run.record().id());
    }
    run.progress().begin(length, run.file().received().sizeBytes());
    if (run.isNews()) {
      events.changed(run);
    }
    services.disk().reserve(run.record().id(), run.source().id(), run::missingBytes);
    OptionalInt pinned = pinned(run);
    ConnectionCount connections =
        pinned.isPresent()
            ? ConnectionCount.pinned(pinned.getAsInt())
            : ConnectionCount.found(services.limits().connections());
    PartGuard guard =
        new PartGuard(
            run.progress(),
            SpeedFloor.of(
                services.origins().origins().times(host),
                services.limits(),
                services.nanoClock().getAsLong()),
            services.nanoClock(),
            largest(run.source()));
    PartFlow flow = new PartFlow(run, length, connections, guard, services);
    run.flow(flow);
    exchange.setProperty(PARTS, flow);
  }

  private OptionalInt pinned(TransferRun run) {
    return run.source().connections().isPresent()
        ? run.source().connections()
        : services.origins().origins().connections(run.mirrors().lead().host());
  }

  private PartGuard.Largest largest(Source source) {
    long limit = services.limits().largestBytes();
    long expected = source.sizeBytes().orElse(Long.MAX_VALUE);
    long guarded = source.guards().maxSizeBytes().orElse(Long.MAX_VALUE);
    if (guarded < Math.min(limit, expected)) {
      return new PartGuard.Largest(guarded, FailureCode.SIZE_UNEXPECTED);
    }
    return expected < limit
        ? new PartGuard.Largest(expected, FailureCode.SIZE_MISMATCH)
        : new PartGuard.Largest(limit, FailureCode.TOO_LARGE);
  }

  /** Returns whether the bytes here count; forgets them when they do not. */
  private boolean resume(TransferRun run) {
    Optional<Held> held = run.held();
    if (held.isEmpty()) {
      return false;
    }
    boolean digestKnown = run.source().hasDigest();
    ResumeDecision decision =
        ResumePolicy.decide(held.get(), run.source().sizeBytes(), digestKnown);
    if (decision instanceof ResumeDecision.StartOver startOver) {
      if (held.get().received().sizeBytes() > 0) {
        events.startsOver(run, startOver.why());
      }
      run.forget();
      return false;
    }
    run.hold(((ResumeDecision.Resume) decision).validators());
    return true;
  }

  /** Ends an attempt: outcome COMPLETE or UNCHANGED, else throws why it failed. */
  public void conclude(Exchange exchange) throws Exception {
    TransferRun run = TransferProperties.run(exchange);
    PartFlow flow = required(exchange, PARTS, PartFlow.class);
    exchange.removeProperty(PARTS);
    run.file().checkpoint();
    Throwable failure = flow.failure();
    if (failure instanceof DromedaryException rejected && ContentWatch.isOfBytes(rejected.code())) {
      throw setAside(run, new Rejection(rejected.code(), String.valueOf(rejected.getMessage())));
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
    if (failure != null) {
      Failure known = FailureClassifier.classify(failure);
      throw new DromedaryException(known.code(), known.message(), failure);
    }
    if (flow.isUnchanged()) {
      landedCheck.require(run);
    }
    place(exchange).leaveHost();
    exchange.setProperty(OUTCOME, flow.isUnchanged() ? "UNCHANGED" : "COMPLETE");
    exchange.setProperty(DIGESTS, run.source().digestFile().isPresent() ? "ASK" : "KNOWN");
  }

  /** Compares every digest; outcome VERIFIED, else sets the bytes aside and throws. */
  public void verify(Exchange exchange) throws Exception {
    TransferRun run = TransferProperties.run(exchange);
    if (!run.digests().isPublished()) {
      throw new DromedaryException(
          FailureCode.DIGEST_MISSING,
          "source " + run.source().id() + ": expected a route to ask for its digest file");
    }
    run.progress().state(TransferState.VERIFYING);
    long length = run.heldLength().orElseThrow();
    run.noteVersion();
    TransferRecord verifying =
        run.recordNow(services.clock().instant())
            .withVersionOfSource(run.versionBegun().validators(), OptionalLong.of(length))
            .withState(TransferState.VERIFYING);
    run.record(services.ledger().advance(run.record(), verifying));
    Optional<Rejection> rejection = run.content().whole(run.file(), length);
    if (rejection.isPresent()) {
      throw setAside(run, rejection.get());
    }
    run.digests().begin(List.of());
    TrailingDigest digest = run.digests().trailing();
    if (digest != null) {
      Map<DigestAlgorithm, byte[]> computed = digest.finish(length);
      run.digests().note(computed);
      List<DigestCheck.Mismatch> mismatches =
          DigestCheck.mismatches(run.digests().expected(), computed);
      if (!mismatches.isEmpty()) {
        run.digests().noteWrong(mismatches);
        Path aside = run.setAside();
        throw new DromedaryException(
            FailureCode.DIGEST_MISMATCH,
            "source "
                + run.source().id()
                + ": "
                + mismatches.stream().map(String::valueOf).collect(Collectors.joining("; "))
                + "; the bytes are kept at "
                + aside);
      }
    }
    run.requireWanted();
    run.file().seal(length);
    run.digests().verified();
    exchange.setProperty(OUTCOME, "VERIFIED");
  }

  /**
   * Is asked of a transfer that is neither here nor unchanged: that is right of one that is not
   * ours, else a step is missing in the routes, without which nothing may land (promise I5).
   *
   * @throws DromedaryException {@link FailureCode#ROUTES}
   */
  public void requireOutcome(Exchange exchange) {
    String outcome = exchange.getProperty(OUTCOME, String.class);
    if (!"NOT_CLAIMED".equals(outcome)) {
      throw new DromedaryException(
          FailureCode.ROUTES,
          "route attempt-transfer ended with outcome "
              + outcome
              + ", expected VERIFIED or UNCHANGED: a step of it is missing");
    }
  }

  /** Keeps what must not land for a person to look at. */
  private static DromedaryException setAside(TransferRun run, Rejection rejection) {
    Path aside = run.setAside();
    return new DromedaryException(
        rejection.code(),
        "source "
            + run.source().id()
            + ": "
            + rejection.message()
            + "; the bytes are kept at "
            + aside);
  }

  /** Records that the server has nothing new. */
  public void unchanged(Exchange exchange) {
    TransferRun run = TransferProperties.run(exchange);
    run.discard();
    LandedFile compared = run.before().toCompare();
    run.record(
        compared == null
            ? services
                .ledger()
                .advance(run.record(), run.record().withState(TransferState.UNCHANGED))
            : services.ledger().unchanged(run.record(), LandedCheck.asCompared(run, compared)));
    events.ended(run);
  }
}
