package dev.dromedary.source;

import dev.dromedary.transfer.ByteSize;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.MaskedText;
import dev.dromedary.transfer.Schedule;
import dev.dromedary.transfer.Source;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a source of one map of the list. */
final class SourceBinder {

  private static final List<String> OWN = List.of("id", "url", "urls", "to", "digest", "size");
  private static final List<String> NAMES = joined(OWN, SharedKeys.NAMES);
  private static final int MAX_ID_LENGTH = 1024;

  private final Problems problems;
  private final SharedKeys shared;
  private final TakenNames taken;
  private final Set<URI> inClearText = new HashSet<>();

  SourceBinder(Problems problems, SharedKeys shared, @Nullable String provenanceSuffix) {
    this.problems = problems;
    this.shared = shared;
    this.taken = new TakenNames(problems, "give one of them another 'to'", provenanceSuffix);
  }

  /** Returns the source, or nothing after reporting why not. */
  Optional<Source> bind(Node node, SourceDefaults defaults) {
    if (!(node instanceof Node.Keys map)) {
      if (!(node instanceof Node.Refused)) {
        problems.add(node.line(), "source: expected a map with the key url, found " + node.kind());
      }
      return Optional.empty();
    }
    long before = problems.count();
    Fields fields = new Fields(map, problems);
    fields.refuseOthersThan(NAMES);
    List<URI> urls = urls(fields);
    Optional<String> target = target(fields, urls);
    Optional<String> id = fields.value("id", SourceBinder::id);
    boolean isFree = target.map(t -> taken.claimTarget(t, fields.lineOf("to"))).orElse(false);
    if (id.isPresent() || isFree) {
      id.or(() -> target).ifPresent(i -> taken.claimId(i, fields.lineOf("id")));
    }
    id.ifPresent(i -> warnOfMasked(i, fields.lineOf("id")));
    List<ExpectedDigest> digests = fields.values("digest", ExpectedDigest::parse);
    refuseRepeated(digests, fields);
    Optional<Long> size = fields.value("size", ByteSize::parse);
    SourceDefaults effective = shared.over(defaults, fields);
    refuseIdleZone(fields, effective);
    size.ifPresent(s -> GuardKeys.refuseImpossible(effective.guards(), s, fields, problems));
    Optional<DigestFile> digestFile = digestFile(effective, urls, fields);
    if (problems.count() > before || target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Source(
            id.orElse(target.get()),
            urls,
            target.get(),
            digests,
            size.map(OptionalLong::of).orElse(OptionalLong.empty()),
            effective.schedule(),
            effective.headers(),
            effective.connections(),
            effective.allowUnknownLength(),
            effective.allowContentEncoding(),
            effective.bytesPerSecond(),
            effective.guards(),
            digestFile));
  }

  /** The page would ask for what it was told, which is no id. */
  private void warnOfMasked(String id, int line) {
    String masked = MaskedText.plain(id);
    if (!masked.equals(id)) {
      problems.warn(
          line,
          "id "
              + Quoted.of(masked)
              + ": expected none with a query or a password, which logs and the page leave out, so"
              + " that it is not found by what they say");
    }
  }

  /** It belongs to the first URL, whichever mirror is asked. */
  private Optional<DigestFile> digestFile(SourceDefaults effective, List<URI> urls, Fields fields) {
    if (urls.isEmpty()) {
      return Optional.empty();
    }
    Node.Text line = new Node.Text(fields.lineOf("digestFrom"), "");
    Optional<DigestFile> file =
        effective
            .digestFrom()
            .flatMap(from -> fields.parsed("digestFrom", line, text -> from.of(urls.get(0))));
    file.ifPresent(found -> warnOfClearText(found, urls, line.line()));
    return file;
  }

  /** Told once for a digest file, which may be that of all sources. */
  private void warnOfClearText(DigestFile file, List<URI> urls, int line) {
    boolean isWeaker = !isSecure(file.url()) && urls.stream().anyMatch(SourceBinder::isSecure);
    if (isWeaker && inClearText.add(file.url())) {
      problems.warn(
          line,
          "digestFrom "
              + Quoted.of(file.toString())
              + ": expected https as in the URL, found http, where the digest can be changed on"
              + " its way");
    }
  }

  private static boolean isSecure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private List<URI> urls(Fields fields) {
    if (fields.has("url") && fields.has("urls")) {
      int line = Math.max(fields.lineOf("url"), fields.lineOf("urls"));
      problems.add(line, "url and urls: expected one of them, found both");
    }
    List<URI> urls = new ArrayList<>();
    long before = problems.count();
    fields.value("url", SourceUrl::parse).ifPresent(urls::add);
    urls.addAll(fields.values("urls", SourceUrl::parse));
    if (urls.isEmpty() && problems.count() == before) {
      problems.add(fields.lineOf("urls"), "url: expected the URL of the file, found nothing");
    }
    return urls;
  }

  private Optional<String> target(Fields fields, List<URI> urls) {
    if (fields.has("to")) {
      return fields.value("to", TargetName::parse);
    }
    if (urls.isEmpty()) {
      return Optional.empty();
    }
    String key = fields.has("url") ? "url" : "urls";
    Node.Text first = new Node.Text(fields.lineOf(key), "");
    return fields.parsed("to", first, text -> TargetName.ofUrl(urls.get(0)));
  }

  private void refuseRepeated(List<ExpectedDigest> digests, Fields fields) {
    Set<DigestAlgorithm> seen = EnumSet.noneOf(DigestAlgorithm.class);
    for (ExpectedDigest digest : digests) {
      if (!seen.add(digest.algorithm())) {
        String name = digest.algorithm().label();
        problems.add(
            fields.lineOf("digest"), "digest: expected one " + name + ", found more than one");
      }
    }
  }

  private void refuseIdleZone(Fields fields, SourceDefaults effective) {
    if (fields.has("zone")
        && !fields.has("cron")
        && effective.schedule() instanceof Schedule.Every) {
      problems.add(fields.lineOf("zone"), "zone: expected beside a cron only, found no cron");
    }
  }

  private static String id(String text) {
    boolean isPlain = text.codePoints().noneMatch(Character::isISOControl);
    if (text.isBlank() || text.length() > MAX_ID_LENGTH || !isPlain) {
      throw new IllegalArgumentException(
          "id " + Quoted.of(text) + ": expected 1 to 1024 printable characters");
    }
    return text;
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
