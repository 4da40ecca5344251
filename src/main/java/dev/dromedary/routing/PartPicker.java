package dev.dromedary.routing;

import dev.dromedary.plan.NextPart;
import dev.dromedary.plan.PartPlanner;
import dev.dromedary.plan.PartProgress;
import dev.dromedary.plan.PartProgress.Assignment;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says which bytes of an attempt to ask for next, beside the parts that run: shows {@link
 * PartPlanner} how things stand and draws in the part whose tail it gives away. Guarded by its
 * {@link PartFlow}.
 */
final class PartPicker {

  private final TransferRun run;
  private final ConnectionCount connections;
  private final PartRates rates;
  private final RangeProof proof;

  PartPicker(TransferRun run, ConnectionCount connections, PartRates rates, RangeProof proof) {
    this.run = run;
    this.connections = connections;
    this.rates = rates;
    this.proof = proof;
  }

  /**
   * Returns what to ask for, to Long.MAX_VALUE for all the rest; null when nothing more is worth a
   * request now.
   *
   * @param mirror whom it is asked of
   * @param active the parts that run
   * @param lengthBytes of the whole, when it is known
   * @param single whether the server serves no ranges
   */
  @Nullable ByteRange next(
      Mirror mirror, List<Part> active, OptionalLong lengthBytes, boolean single) {
    if (single || mirror.areRangesRefused()) {
      return active.isEmpty() ? new ByteRange(0, Long.MAX_VALUE) : null;
    }
    if (lengthBytes.isEmpty()) {
      return active.isEmpty() ? firstRange() : null;
    }
    if (proof.isPending() && !proof.mayAsk()) {
      return null;
    }
    long total = lengthBytes.getAsLong();
    PartProgress progress =
        new PartProgress(
            unassigned(active, total),
            active.stream().map(part -> assignment(part, total)).toList(),
            connections.wanted(),
            connections.expected(),
            rates.path());
    NextPart next = PartPlanner.next(progress);
    if (next instanceof NextPart.Take take) {
      return connections.most() == 1 ? wholeGap(active, take.range(), total) : take.range();
    }
    if (next instanceof NextPart.SplitTail split) {
      Part slow = active.get(split.assignmentIndex());
      if (slow.positionOffset() < split.newEnd()) {
        if (!proof.isPending()) {
          slow.drawIn(split.newEnd());
        }
        return split.tail();
      }
    }
    return null;
  }

  /** Nothing is known of the length: asks for a first part, or for the rest after what is here. */
  private ByteRange firstRange() {
    long from = run.file().received().frontierFrom(0);
    boolean fromStart = from == 0 && connections.most() > 1;
    return new ByteRange(from, fromStart ? PartPlanner.FIRST_PART_BYTES : Long.MAX_VALUE);
  }

  /** A pinned single connection fetches a gap in one go. */
  private ByteRange wholeGap(List<Part> active, ByteRange part, long total) {
    return unassigned(active, total).stream().filter(part::overlaps).findFirst().orElse(part);
  }

  /** Parts go on meanwhile: what is here is read last, so that no byte falls between the two. */
  private List<ByteRange> unassigned(List<Part> active, long total) {
    List<ByteRange> taken = new ArrayList<>();
    for (Part part : active) {
      long position = part.positionOffset();
      long end = Math.min(part.endOffset(), total);
      if (position < end) {
        taken.add(new ByteRange(position, end));
      }
    }
    taken.addAll(run.file().received().ranges());
    return ByteRanges.of(taken).missing(total);
  }

  private Assignment assignment(Part part, long total) {
    long end = Math.min(part.endOffset(), total);
    long position = Math.min(part.positionOffset(), end);
    return new Assignment(position, end, rates.of(part), rates.isStarting(part));
  }
}
