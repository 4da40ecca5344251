package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.origin.HostMemory;
import dev.dromedary.origin.OriginSlots;
import dev.dromedary.plan.MirrorPolicy;
import dev.dromedary.plan.MirrorPolicy.Move;
import dev.dromedary.plan.MirrorPolicy.Use;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From which URL of the source each part of an attempt comes: shows {@link MirrorPolicy} how each
 * fares, draws in the parts that leave one, and leaves out those that fail. Bytes of several URLs
 * meet in a file only where a digest decides (promise I3), and only in ranges; else all comes from
 * the one that leads. Guarded by its {@link PartFlow}.
 */
final class PartMirrors {

  private static final Logger LOG = LoggerFactory.getLogger(PartMirrors.class);

  private final TransferRun run;
  private final Mirrors mirrors;
  private final Mirror lead;
  private final MirrorPolicy policy;
  private final OriginCatalog origins;
  private final HostMemory memory;
  private final HostBreakers breakers;
  private final OriginSlots slots;
  private final LongSupplier nanoClock;
  private final BitSet out = new BitSet();
  private final long[] endedBytes;
  private final long[] endedNanos;

  PartMirrors(TransferRun run, TransferServices services) {
    this.run = run;
    this.mirrors = run.mirrors();
    this.lead = mirrors.lead();
    this.policy = new MirrorPolicy(mirrors.all().size(), lead.index());
    this.origins = services.origins();
    this.memory = services.memory();
    this.breakers = services.breakers();
    this.slots = services.slots();
    this.nanoClock = services.nanoClock();
    this.endedBytes = new long[mirrors.all().size()];
    this.endedNanos = new long[mirrors.all().size()];
  }

  /** Returns whom to ask for the next part, best first. */
  List<Mirror> order(List<Part> active, boolean isRanged) {
    return isRanged && mayMix()
        ? policy.order(uses(active)).stream().map(mirrors.all()::get).toList()
        : List.of(lead);
  }

  /** Says whether another one than the lead is asked for a part: then for its range or nothing. */
  boolean isHelping(Part part) {
    return part.mirror() != lead;
  }

  /** Takes a sample of how each fares; the parts that leave one end where they are. */
  void look(List<Part> active, Duration elapsed) {
    if (mayMix()) {
      policy.onSample(elapsed, uses(active), run.missingBytes()).ifPresent(m -> move(active, m));
    }
  }

  /** Says whether a URL is being tried, so that the rate of all says nothing of their number. */
  boolean isTrying() {
    return policy.isTrying();
  }

  /** Says whether one may be tried that has not been: with as many connections as there are. */
  boolean hasUntried(List<Part> active) {
    return mayMix() && policy.hasUntried(uses(active));
  }

  private void move(List<Part> active, Move move) {
    Mirror from = mirrors.all().get(move.from());
    Part.leaveRest(
        active.stream().filter(part -> part.mirror() == from),
        move.connections(),
        nanoClock.getAsLong());
    LOG.info(
        "transfer={} msg=\"asks another URL of the source\" connections={} from={} to={}",
        run.record().id(),
        move.connections(),
        MaskedUrl.of(from.url()),
        MaskedUrl.of(mirrors.all().get(move.to()).url()));
  }

  /** Is told that a part ended, however it did. */
  void ended(Part part) {
    endedBytes[part.mirror().index()] += part.receivedBytes();
    endedNanos[part.mirror().index()] += nanoClock.getAsLong() - part.bornNanos();
  }

  /**
   * Is told that a part failed.
   *
   * @param others the parts that still run
   * @return whether another URL goes on in the place of this one
   */
  boolean isReplaced(Part part, Failure why, List<Part> others, boolean isRanged) {
    if (!isRanged || !mayMix() || !isOfUrl(part, why.code())) {
      return false;
    }
    Mirror mirror = part.mirror();
    boolean isServing =
        others.stream().anyMatch(other -> other.mirror() == mirror && other.isServed());
    boolean isUseless = isHelping(part) && why.code().action() != FailureAction.RETRY;
    if (isServing && !isUseless) {
      return false;
    }
    if (isUseless || part.hasBroughtLittle()) {
      out.set(mirror.index());
    }
    if (why.code().action() == FailureAction.SOURCE_OWNER) {
      mirrors.lacksFile(mirror);
    }
    return othersGoOn(mirror, why, others);
  }

  /** Leaves the URL of a part out that fails too often; says whether others go on. */
  boolean isLeftOut(Part part, Failure why, List<Part> others) {
    if (!isHelping(part) || !isOfUrl(part, why.code())) {
      return false;
    }
    out.set(part.mirror().index());
    return othersGoOn(part.mirror(), why, others);
  }

  /** A failure that is no attempt's is told of here, since nobody else does. */
  private boolean othersGoOn(Mirror failed, Failure why, List<Part> others) {
    boolean goOn = mirrors.all().stream().anyMatch(own -> own != failed && isUsable(own));
    LOG.warn(
        "transfer={} msg=\"a URL of the source failed, {}\" code={} reason=\"{}\"",
        run.record().id(),
        goOn ? "its others go on" : "no other is left",
        why.code().label(),
        why.message());
    if (goOn) {
      policy.failed(failed.index(), uses(others));
    }
    return goOn;
  }

  /** What the lead says of the version holds for all; what is the disk's or ours is no URL's. */
  private boolean isOfUrl(Part part, FailureCode code) {
    if (ContentWatch.isOfBytes(code)) {
      return false;
    }
    return switch (code) {
      case TOO_SLOW, NO_THREAD, NO_MEMORY, PART_FILE_DAMAGED -> false;
      case CERTIFICATE_REFUSED, CREDENTIAL_UNREADABLE -> isHelping(part);
      default ->
          switch (code.action()) {
            case RETRY, SOURCE_OWNER -> true;
            case START_OVER -> isHelping(part);
            default -> false;
          };
    };
  }

  private boolean mayMix() {
    return !mirrors.isLeadAlone() && run.source().hasDigest();
  }

  private boolean isUsable(Mirror mirror) {
    if (out.get(mirror.index()) || mirror.areRangesRefused() || !mirrors.mayHaveFile(mirror)) {
      return false;
    }
    String host = mirror.currentHost();
    return mirror == lead
        || !(origins.origins().isWithoutRanges(host)
            || memory.areRangesRefused(host)
            || breakers.isResting(mirror.host()));
  }

  private List<Use> uses(List<Part> active) {
    long now = nanoClock.getAsLong();
    return mirrors.all().stream().map(mirror -> use(mirror, active, now)).toList();
  }

  private Use use(Mirror mirror, List<Part> active, long now) {
    List<Part> own = active.stream().filter(part -> part.mirror() == mirror).toList();
    long bytes = own.stream().mapToLong(Part::receivedBytes).sum();
    long nanos = own.stream().mapToLong(part -> now - part.bornNanos()).sum();
    return new Use(
        isUsable(mirror),
        (int) own.stream().filter(part -> !part.hasLeft() && part.remainingBytes() > 0).count(),
        slots.free(mirror.currentHost()),
        endedBytes[mirror.index()] + bytes,
        Duration.ofNanos(endedNanos[mirror.index()] + nanos));
  }
}
