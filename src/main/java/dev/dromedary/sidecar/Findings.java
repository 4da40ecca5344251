package dev.dromedary.sidecar;

import dev.dromedary.sidecar.SidecarVerdict.Found;
import dev.dromedary.sidecar.SidecarVerdict.Unlisted;
import dev.dromedary.sidecar.SidecarVerdict.Unusable;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the lines of a digest file come to, in memory that does not grow with their number. Not
 * thread-safe.
 */
final class Findings {

  /** Whom a line means; the first that any line means decides. */
  private enum Meant {
    BY_PATH,
    BY_NAME,
    WITHOUT_NAME,
    ANOTHER_FILE
  }

  private final WantedFile wanted;
  private final Map<Meant, Map<DigestAlgorithm, ExpectedDigest>> said = new EnumMap<>(Meant.class);
  private final Set<Meant> differing = EnumSet.noneOf(Meant.class);
  private final Set<Meant> foreign = EnumSet.noneOf(Meant.class);
  private long named;
  private long unreadable;

  Findings(WantedFile wanted) {
    this.wanted = wanted;
  }

  void add(SidecarLine line) {
    if (line instanceof SidecarLine.Digest digest) {
      note(meant(digest.name()), digest.digest());
    } else if (line instanceof SidecarLine.Foreign other) {
      foreign.add(meant(other.name()));
    } else if (line instanceof SidecarLine.Unreadable) {
      unreadable++;
    }
  }

  private Meant meant(String name) {
    if (name.isEmpty()) {
      return Meant.WITHOUT_NAME;
    }
    named++;
    String path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    if (wanted.name().isEmpty()) {
      return Meant.ANOTHER_FILE;
    }
    if (path.equals(wanted.path())) {
      return Meant.BY_PATH;
    }
    boolean isName = path.substring(path.lastIndexOf('/') + 1).equals(wanted.name());
    return isName ? Meant.BY_NAME : Meant.ANOTHER_FILE;
  }

  /** What is said of other files is not kept. */
  private void note(Meant meant, ExpectedDigest digest) {
    if (meant != Meant.ANOTHER_FILE) {
      ExpectedDigest other =
          said.computeIfAbsent(meant, key -> new EnumMap<>(DigestAlgorithm.class))
              .putIfAbsent(digest.algorithm(), digest);
      if (other != null && !other.equals(digest)) {
        differing.add(meant);
      }
    }
  }

  SidecarVerdict verdict() {
    for (Meant meant : List.of(Meant.BY_PATH, Meant.BY_NAME)) {
      if (said.containsKey(meant) || foreign.contains(meant)) {
        return judged(meant);
      }
    }
    if (named > 0) {
      return new Unlisted(
          "expected a line for " + wantedName() + ", found " + lines(named) + " for other files");
    }
    if (unreadable > 0) {
      return new Unusable(
          "expected lines such as 'HEX  NAME' or 'SHA256 (NAME) = HEX', found "
              + lines(unreadable)
              + " of another kind");
    }
    return said.containsKey(Meant.WITHOUT_NAME) || foreign.contains(Meant.WITHOUT_NAME)
        ? judged(Meant.WITHOUT_NAME)
        : new Unlisted("expected a line for " + wantedName() + ", found no line");
  }

  private SidecarVerdict judged(Meant meant) {
    Map<DigestAlgorithm, ExpectedDigest> digests = said.getOrDefault(meant, Map.of());
    if (digests.isEmpty()) {
      return new Unusable(
          "expected md5, sha-1, sha-256 or sha-512 for " + wantedName() + ", found another digest");
    }
    if (differing.contains(meant)) {
      return new Unusable("expected one digest for " + wantedName() + ", found two that differ");
    }
    DigestAlgorithm promised = wanted.algorithm().orElse(null);
    if (promised != null && !digests.containsKey(promised)) {
      return new Unusable(
          "expected "
              + promised.label()
              + " for "
              + wantedName()
              + " as the digest file is named, found another digest");
    }
    return new Found(List.copyOf(digests.values()));
  }

  private String wantedName() {
    return wanted.name().isEmpty() ? "the file" : "'" + wanted.name() + "'";
  }

  private static String lines(long count) {
    return count == 1 ? "1 line" : count + " lines";
  }
}
