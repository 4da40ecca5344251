package dev.dromedary.response;

import dev.dromedary.transfer.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The content codings in which a body is taken though identity was asked for; it lands as it comes.
 * Some servers call what {@code x.tar.gz} is a coding of {@code x.tar}: there the file is what was
 * asked for, if its length is told; what is compressed on the way has none. Source: RFC 9110 §8.4,
 * ADR 0031.
 *
 * @param any whether every coding is taken
 * @param named those that the name of the file speaks of, in lower case
 */
public record TakenCodings(boolean any, Set<String> named) {

  /** Takes none but identity. */
  public static final TakenCodings NONE = new TakenCodings(false, Set.of());

  private static final Map<String, Set<String>> BY_SUFFIX =
      Map.of(
          ".gz", Set.of("gzip", "x-gzip"),
          ".tgz", Set.of("gzip", "x-gzip"),
          ".svgz", Set.of("gzip", "x-gzip"),
          ".z", Set.of("compress", "x-compress"),
          ".br", Set.of("br"),
          ".zst", Set.of("zstd"),
          ".bz2", Set.of("bzip2", "x-bzip2"),
          ".xz", Set.of("xz", "x-xz"));

  public TakenCodings {
    named = Set.copyOf(named);
  }

  /** Returns what a source takes, by what it says and by the names in its URL and target. */
  public static TakenCodings of(Source source) {
    return new TakenCodings(
        source.allowContentEncoding(), namedBy(source.url().getPath(), source.target()));
  }

  private static Set<String> namedBy(String... names) {
    return BY_SUFFIX.entrySet().stream()
        .filter(suffix -> Arrays.stream(names).anyMatch(name -> ends(name, suffix.getKey())))
        .map(Entry::getValue)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean ends(String name, String suffix) {
    return name.toLowerCase(Locale.ROOT).endsWith(suffix);
  }

  /** Says whether an answer may be taken: it is in no coding, or in one of these. */
  boolean take(ResponseFacts facts) {
    List<String> codings = codingsOf(facts);
    return any
        || codings.isEmpty()
        || (codings.size() == 1 && named.contains(codings.get(0)) && facts.has("Content-Length"));
  }

  /** Says whether an answer is in a coding. */
  static boolean isCoded(ResponseFacts facts) {
    return !codingsOf(facts).isEmpty();
  }

  private static List<String> codingsOf(ResponseFacts facts) {
    return facts.all("Content-Encoding").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
        .toList();
  }
}
