package dev.dromedary.flow;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.demo.Fault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.Resource.EtagKind;
import dev.dromedary.transfer.FailureCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One source of a property test with everything its server does; a value that is written in one
 * line and read from it again.
 *
 * @param sizeBytes how long the file is
 * @param connections pinned for the source, 0 for as many as are found
 * @param paceBytes bytes a second the server gives each connection, 0 for no limit
 * @param habit how the server answers
 * @param etag what kind of ETag it sends
 * @param modified whether it sends Last-Modified
 * @param digest whether the list has the digest of the file
 * @param mirror what the URL before it in the list does
 * @param faults what befalls the first requests, one each
 */
record GeneratedCase(
    long sizeBytes,
    int connections,
    long paceBytes,
    ServerHabit habit,
    EtagKind etag,
    boolean modified,
    boolean digest,
    Mirror mirror,
    List<String> faults) {

  /** What the first of two URLs does. */
  enum Mirror {
    /** There is one URL. */
    NONE,
    /** Nobody listens. */
    DEAD,
    /** It is not found. */
    MISSING
  }

  GeneratedCase {
    faults = List.copyOf(faults);
    faults.forEach(GeneratedCase::fault);
  }

  /** Reads what {@link #toString} wrote. */
  static GeneratedCase parse(String line) {
    Map<String, String> keys =
        Arrays.stream(line.strip().split("\\s+"))
            .collect(
                Collectors.toMap(
                    pair -> pair.substring(0, pair.indexOf('=')),
                    pair -> pair.substring(pair.indexOf('=') + 1)));
    String faults = keys.getOrDefault("faults", "");
    return new GeneratedCase(
        Long.parseLong(keys.get("size")),
        Integer.parseInt(keys.get("connections")),
        Long.parseLong(keys.get("pace")),
        ServerHabit.valueOf(upper(keys.get("habit"))),
        EtagKind.valueOf(upper(keys.get("etag"))),
        Boolean.parseBoolean(keys.get("modified")),
        Boolean.parseBoolean(keys.get("digest")),
        Mirror.valueOf(upper(keys.get("mirror"))),
        faults.isEmpty() ? List.of() : List.of(faults.split(",")));
  }

  /** Returns it in one line that {@link #parse} reads. */
  @Override
  public String toString() {
    return ("size=%d connections=%d pace=%d habit=%s etag=%s modified=%s digest=%s mirror=%s"
            + " faults=%s")
        .formatted(
            sizeBytes,
            connections,
            paceBytes,
            lower(habit),
            lower(etag),
            modified,
            digest,
            lower(mirror),
            String.join(",", faults));
  }

  /** Returns its bytes: the same for the same case. */
  Content content() {
    return new GeneratedContent(toString().hashCode(), sizeBytes);
  }

  Resource resource(String path) {
    Resource resource = Resource.of(path, content()).withEtag(etag);
    return modified
        ? resource.withLastModified(ServerHabit.MODIFIED)
        : resource.withoutLastModified();
  }

  /** Returns what the server does to its first requests, one each. */
  Fault[] script() {
    return faults.stream().map(text -> habit.fault().and(fault(text))).toArray(Fault[]::new);
  }

  /** Says whether it is refused: nothing would tell where the file ends. */
  boolean mustFail() {
    return habit == ServerHabit.UNTOLD && !digest;
  }

  /** Returns the code with which it is refused, if that does not depend on who is asked last. */
  @Nullable FailureCode failsWith() {
    return mustFail() && mirror != Mirror.DEAD ? FailureCode.UNKNOWN_LENGTH : null;
  }

  /** Says whether what is here counts after a failure, so that no byte need come twice. */
  boolean keepsWhatIsHere() {
    boolean isNamed = etag == EtagKind.STRONG || modified;
    boolean isOneVersion = etag != EtagKind.PER_REQUEST;
    return habit.honoursRanges() && isOneVersion && (digest || (isNamed && mirror == Mirror.NONE));
  }

  boolean isEverReset() {
    return faults.stream().anyMatch(fault -> fault.endsWith("r"));
  }

  long cuts() {
    return faults.stream().filter(fault -> fault.matches("\\d+r?")).count();
  }

  /** Reads {@code -} for none, {@code s503} for a status, {@code 100} and {@code 100r} for cuts. */
  private static Fault fault(String text) {
    if (text.equals("-")) {
      return new Fault.None();
    }
    if (isStatus(text)) {
      return Status.retryAfter(Integer.parseInt(text.substring(1)), Duration.ZERO);
    }
    boolean reset = text.endsWith("r");
    return new CutAfter(Long.parseLong(reset ? text.substring(0, text.length() - 1) : text), reset);
  }

  private static boolean isStatus(String fault) {
    return fault.startsWith("s");
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }
}
