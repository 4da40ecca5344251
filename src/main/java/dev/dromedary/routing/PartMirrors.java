package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.origin.HostMemory;
import dev.dromedary.plan.MirrorPolicy;
import dev.dromedary.plan.MirrorPolicy.Move;
import dev.dromedary.plan.MirrorPolicy.Use;
import dev.dromedary.transfer.FailureAction;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
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

  private void move(List<Part> active, Move move) {
    Mirror from = mirrors.all().get(move.from());
    active.stream()
        .filter(part -> part.mirror() == from && part.isServed())
        .sorted(Comparator.comparingLong(Part::remainingBytes).reversed())
        .limit(move.connections())
        .forEach(Part::leaveRest);
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
   * @return whether that is its URL's trouble, and another one goes on in its place
   */
  boolean failed(Part part, Failure why, List<Part> others, boolean isRanged) {
    FailureCode code = why.code();
    if (!isRanged || !mayMix() || !isOfUrl(part, code)) {
      return false;
    }
    Mirror mirror = part.mirror();
    boolean hasOthers = others.stream().anyMatch(other -> other.mirror() == mirror);
    boolean isUseless = isHelping(part) && code.action() != FailureAction.RETRY;
    if (hasOthers && !isUseless) {
      return isHelping(part);
    }
    if (isUseless || part.hasBroughtLittle()) {
      out.set(mirror.index());
    }
    if (code.action() == FailureAction.SOURCE_OWNER) {
      mirrors.lacksFile(mirror);
    }
    if (mirrors.all().stream().noneMatch(other -> other != mirror && isUsable(other))) {
      return false;
    }
    policy.failed(mirror.index(), uses(others));
    return true;
  }

  /**
   * Tells of a URL in whose place others go on: its failure is no attempt's, so nobody else does.
   */
  void tellOf(Failure failure) {
    LOG.warn(
        "transfer={} msg=\"a URL of the source failed, its others go on\" code={} reason=\"{}\"",
        run.record().id(),
        failure.code().label(),
        failure.message());
  }

  /** What the lead says of the version holds for all; what is the disk's or ours is no URL's. */
  private boolean isOfUrl(Part part, FailureCode code) {
    if (ContentWatch.isOfBytes(code)) {
      return false;
    }
    return switch (code) {
      case TOO_SLOW, DISK_FULL, PART_FILE_DAMAGED -> false;
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
        (int) own.stream().filter(part -> part.remainingBytes() > 0).count(),
        endedBytes[mirror.index()] + bytes,
        Duration.ofNanos(endedNanos[mirror.index()] + nanos));
  }
}
