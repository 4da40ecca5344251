package dev.dromedary.response;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.Representation;
import dev.dromedary.transfer.Validators;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request asked for, and what is here already. Immutable, thread-safe.
 *
 * @param start offset of the first byte wanted, 0 or more; 0 unless {@code ranged}
 * @param end offset after the last byte wanted, more than {@code start}; {@link #OPEN} for the rest
 * @param ranged whether a {@code Range} header was sent
 * @param held validators of the bytes already here; {@link Validators#NONE} when none are
 * @param heldLength length of the whole that those bytes belong to, as far as it is known
 * @param known what the request was made conditional by, in {@code If-None-Match} and {@code
 *     If-Modified-Since}; {@link KnownVersion#NONE} when it was not
 * @param codings the content codings in which the answer is taken, as it comes
 * @param resource what tells its resource from others, for the validators of the answer; null where
 *     that does not matter
 */
public record Asked(
    long start,
    long end,
    boolean ranged,
    Validators held,
    OptionalLong heldLength,
    KnownVersion known,
    TakenCodings codings,
    @Nullable String resource) {

  /** The end of a range that asks for everything from its start on. */
  public static final long OPEN = Long.MAX_VALUE;

  public Asked {
    if (start < 0 || end <= start || (!ranged && start > 0)) {
      throw new IllegalArgumentException(
          "Asked ["
              + start
              + ", "
              + end
              + ") ranged="
              + ranged
              + ": expected 0 <= start < end, and start 0 without a Range header");
    }
  }

  /** The whole, without a {@code Range} header and with nothing here yet. */
  public static Asked whole(KnownVersion known) {
    return new Asked(
        0, OPEN, false, Validators.NONE, OptionalLong.empty(), known, TakenCodings.NONE, null);
  }

  /** The first part of a version of which nothing is here yet. */
  public static Asked firstPart(long lengthBytes, KnownVersion known) {
    return new Asked(
        0,
        lengthBytes,
        true,
        Validators.NONE,
        OptionalLong.empty(),
        known,
        TakenCodings.NONE,
        null);
  }

  /** A part of a version of which something is here. */
  public static Asked part(ByteRange range, Validators held, OptionalLong heldLength) {
    return new Asked(
        range.start(),
        range.end(),
        true,
        held,
        heldLength,
        KnownVersion.NONE,
        TakenCodings.NONE,
        null);
  }

  /** Says whether the answer is of another resource than the bytes held. */
  boolean isOfAnother(Representation found) {
    return !held.equals(held.on(found.validators().resource()));
  }

  /** Says whether the request left the end to the server. */
  public boolean isOpen() {
    return end == OPEN;
  }
}
