package dev.dromedary.transfer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An immutable set of bytes: ranges in ascending order, disjoint, and merged where they touch.
 *
 * <p>Equal sets of bytes are equal objects. Thread-safe.
 *
 * @param ranges ordered, disjoint and not touching; use {@link #of(Collection)} for others
 */
public record ByteRanges(List<ByteRange> ranges) {

  /** The set without a byte. */
  public static final ByteRanges EMPTY = new ByteRanges(List.of());

  public ByteRanges {
    ranges = List.copyOf(ranges);
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).start() <= ranges.get(i - 1).end()) {
        throw new IllegalArgumentException(
            "ByteRanges "
                + ranges
                + ": expected ascending ranges with gaps between, use ByteRanges.of");
      }
    }
  }

  /** Returns the offset after the last byte; 0 when there is none. */
  public long end() {
    return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).end();
  }

  /** Returns the union of the given ranges, which may overlap and come in any order. */
  public static ByteRanges of(Collection<ByteRange> ranges) {
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange next : ranges.stream().sorted().toList()) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).touches(next)) {
        ByteRange before = merged.get(last);
        merged.set(last, new ByteRange(before.start(), Math.max(before.end(), next.end())));
      } else {
        merged.add(next);
      }
    }
    return new ByteRanges(merged);
  }

  /** Returns the union with one more range. */
  public ByteRanges plus(ByteRange range) {
    List<ByteRange> all = new ArrayList<>(ranges);
    all.add(range);
    return of(all);
  }

  /** Returns how many bytes are in the set. */
  public long sizeBytes() {
    return ranges.stream().mapToLong(ByteRange::lengthBytes).sum();
  }

  /**
   * Returns the frontier: the offset up to which every byte from {@code offset} on is present; the
   * offset itself when its byte is absent.
   */
  public long frontierFrom(long offset) {
    for (ByteRange range : ranges) {
      if (range.start() <= offset && offset < range.end()) {
        return range.end();
      }
    }
    return offset;
  }

  /** Says whether {@code [0, lengthBytes)} is covered; a length of 0 always is. */
  public boolean coversAll(long lengthBytes) {
    return frontierFrom(0) >= lengthBytes;
  }

  /** Returns the gaps within {@code [0, lengthBytes)}, ascending and disjoint. */
  public List<ByteRange> missing(long lengthBytes) {
    List<ByteRange> gaps = new ArrayList<>();
    long from = 0;
    for (ByteRange range : ranges) {
      long until = Math.min(range.start(), lengthBytes);
      if (from < until) {
        gaps.add(new ByteRange(from, until));
      }
      from = Math.max(from, range.end());
    }
    if (from < lengthBytes) {
      gaps.add(new ByteRange(from, lengthBytes));
    }
    return List.copyOf(gaps);
  }
}
