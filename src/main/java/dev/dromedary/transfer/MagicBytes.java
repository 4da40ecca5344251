package dev.dromedary.transfer;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Bytes that tell a kind of file, at their place near its start. Immutable, thread-safe.
 *
 * @param offset of the first of them, 0 to 65536
 * @param hex the bytes in hexadecimal digits, lower case; 1 to 64 bytes
 */
public record MagicBytes(int offset, String hex) {

  /** No magic ends beyond: so much of a file is looked at, at most. */
  public static final int MAX_END = 65_536 + 64;

  private static final int MAX_OFFSET = 65_536;
  private static final Pattern FORM =
      Pattern.compile("((?:[0-9A-Fa-f]{2}){1,64})(?:@([0-9]{1,6}))?");
  private static final Map<String, List<String>> NAMES = new TreeMap<>(names());

  public MagicBytes {
    if (offset < 0 || offset > MAX_OFFSET) {
      throw new IllegalArgumentException("offset " + offset + ": expected 0 to " + MAX_OFFSET);
    }
  }

  /**
   * Reads {@code 504B0304}, {@code 7573746172@257} or a name such as {@code zip}.
   *
   * @return every one that is meant; a file has one of them
   * @throws IllegalArgumentException with a message for the user when it is none
   */
  public static List<MagicBytes> parse(String text) {
    List<String> named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named.stream().map(MagicBytes::literal).toList();
    }
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected bytes such as 504B0304 or 7573746172@257, or one of "
              + String.join(", ", NAMES.keySet())
              + NearestName.hint(text, NAMES.keySet()));
    }
    return List.of(literal(text));
  }

  private static MagicBytes literal(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "': expected bytes in hexadecimal digits");
    }
    int offset = form.group(2) == null ? 0 : Integer.parseInt(form.group(2));
    return new MagicBytes(offset, form.group(1).toLowerCase(Locale.ROOT));
  }

  /** Returns the offset after the last of them. */
  public int end() {
    return offset + hex.length() / 2;
  }

  /** Says whether a file that begins so has them; one that is shorter has not. */
  public boolean isIn(byte[] start) {
    byte[] wanted = HexFormat.of().parseHex(hex);
    return start.length >= end() && Arrays.equals(wanted, 0, wanted.length, start, offset, end());
  }

  /** Returns them for a person: behind the names they have in lists, where there are any. */
  public String described() {
    String names =
        NAMES.entrySet().stream()
            .filter(
                named -> named.getValue().stream().map(MagicBytes::literal).anyMatch(this::equals))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining("/"));
    return names.isEmpty() ? toString() : names + " (" + this + ")";
  }

  @Override
  public String toString() {
    return offset == 0 ? hex : hex + "@" + offset;
  }

  private static Map<String, List<String>> names() {
    return Map.ofEntries(
        Map.entry("7z", List.of("377ABCAF271C")),
        Map.entry("arrow", List.of("4152524F5731")),
        Map.entry("avro", List.of("4F626A01")),
        Map.entry("bzip2", List.of("425A68")),
        Map.entry("elf", List.of("7F454C46")),
        Map.entry("gif", List.of("47494638")),
        Map.entry("grib", List.of("47524942")),
        Map.entry("gzip", List.of("1F8B")),
        Map.entry("hdf5", List.of("894844460D0A1A0A")),
        Map.entry("iso", List.of("4344303031@32769")),
        Map.entry("jpeg", List.of("FFD8FF")),
        Map.entry("lz4", List.of("04224D18")),
        Map.entry("netcdf", List.of("434446", "894844460D0A1A0A")),
        Map.entry("orc", List.of("4F5243")),
        Map.entry("parquet", List.of("50415231")),
        Map.entry("pdf", List.of("255044462D")),
        Map.entry("png", List.of("89504E470D0A1A0A")),
        Map.entry("qcow2", List.of("514649FB")),
        Map.entry("rar", List.of("526172211A07")),
        Map.entry("sqlite", List.of("53514C69746520666F726D6174203300")),
        Map.entry("tar", List.of("7573746172@257")),
        Map.entry("tiff", List.of("49492A00", "4D4D002A", "49492B00", "4D4D002B")),
        Map.entry("xz", List.of("FD377A585A00")),
        Map.entry("zip", List.of("504B0304", "504B0506")),
        Map.entry("zstd", List.of("28B52FFD")));
  }
}
