package dev.dromedary.transfer;

/**
 * A half-open range of byte offsets, {@code [start, end)}; never empty.
 *
 * <p>HTTP writes the last byte inclusively; the conversion happens once, at the wire ({@link
 * #toHeaderValue()}). Source: RFC 9110 §14.1.2.
 *
 * @param start offset of the first byte, 0 or more
 * @param end offset after the last byte, more than {@code start}
 */
public record ByteRange(long start, long end) implements Comparable<ByteRange> {

  public ByteRange {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "ByteRange [" + start + ", " + end + "): expected 0 <= start < end");
    }
  }

  /** Returns the number of bytes covered, 1 or more. */
  public long lengthBytes() {
    return end - start;
  }

  /** Says whether the two ranges share a byte. */
  public boolean overlaps(ByteRange other) {
    return start < other.end && other.start < end;
  }

  /** Says whether the two ranges share a byte or meet without a gap. */
  public boolean touches(ByteRange other) {
    return start <= other.end && other.start <= end;
  }

  /** Returns the value of a {@code Range} request header, e.g. {@code bytes=0-499}. */
  public String toHeaderValue() {
    return "bytes=" + start + "-" + (end - 1);
  }

  @Override
  public int compareTo(ByteRange other) {
    int byStart = Long.compare(start, other.start);
    return byStart != 0 ? byStart : Long.compare(end, other.end);
  }

  @Override
  public String toString() {
    return "[" + start + "," + end + ")";
  }
}
