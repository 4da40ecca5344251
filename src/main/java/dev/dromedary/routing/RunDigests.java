package dev.dromedary.routing;

import dev.dromedary.digest.DigestCheck;
import dev.dromedary.digest.TrailingDigest;
import dev.dromedary.part.PartFile;
import dev.dromedary.part.PartFollower;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What digests a transfer's file must have, and the one that is computed while it arrives.
 * Thread-safe.
 */
final class RunDigests {

  /** What is digested at once: it still fits a cache of the processor. */
  private static final int PIECE_BYTES = 128 * 1024;

  private final Source source;
  private final Supplier<PartFile> file;
  private final Runnable goesOn;
  private final Map<String, String> computed = new ConcurrentHashMap<>();
  private final Set<List<DigestCheck.Mismatch>> wrong = ConcurrentHashMap.newKeySet();
  private volatile boolean isWrongTwice;
  private volatile List<ExpectedDigest> promised = List.of();
  private volatile List<ExpectedDigest> published = List.of();
  private volatile boolean isComputedAnyway;
  private volatile String end = "length";
  private volatile @Nullable String verifiedBy;
  private @Nullable TrailingDigest trailing;
  private @Nullable PartFile follows;

  /**
   * Creates them.
   *
   * @param goesOn is run before each read of a file; what it throws ends the reading
   */
  RunDigests(Source source, Supplier<PartFile> file, Runnable goesOn) {
    this.source = source;
    this.file = file;
    this.goesOn = goesOn;
  }

  /**
   * Returns every digest the file must have: the source's, what the server promised, and what the
   * digest file says.
   */
  List<ExpectedDigest> expected() {
    return Stream.of(source.digests(), promised, published)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Has a digest computed also where none is expected. */
  void computeAnyway() {
    isComputedAnyway = true;
  }

  /** Forgets what the digest file said, and a digest that failed: each attempt begins anew. */
  synchronized void beginAttempt() {
    published = List.of();
    if (trailing != null && trailing.hasFailed()) {
      cancel();
    }
  }

  /**
   * Begins to digest what is here and what comes; once for each version.
   *
   * @param fromServer what the response headers promise of the whole
   */
  synchronized void begin(List<ExpectedDigest> fromServer) {
    if (trailing != null) {
      return;
    }
    promised = fromServer.isEmpty() ? promised : List.copyOf(fromServer);
    Set<DigestAlgorithm> algorithms = algorithms();
    if (!algorithms.isEmpty()) {
      computed.clear();
      PartFile followed = file.get();
      TrailingDigest digest =
          new TrailingDigest(
              followed::awaitFrontier,
              (into, offset) -> {
                goesOn.run();
                return followed.readAt(into, offset);
              },
              algorithms,
              PIECE_BYTES);
      digest.start();
      trailing = digest;
      follows = followed;
      followed.follow(follower(digest));
    }
  }

  /** Takes over what the digest file says; one its name did not tell is computed from the disk. */
  synchronized void publish(List<ExpectedDigest> fromFile) {
    published = List.copyOf(fromFile);
    if (trailing != null && !published.stream().allMatch(trailing::covers)) {
      cancel();
      begin(promised);
    }
  }

  /** Says whether the digest file has told in this attempt what it was to tell, if there is one. */
  boolean isPublished() {
    return source.digestFile().isEmpty() || !published.isEmpty();
  }

  /** Returns what is computed behind the bytes that arrive; null when nothing is. */
  synchronized @Nullable TrailingDigest trailing() {
    return trailing;
  }

  /** Forgets what was promised of a version that is given up. */
  synchronized void forget() {
    promised = List.of();
    end = "length";
    cancel();
  }

  synchronized void cancel() {
    if (trailing != null && follows != null) {
      trailing.cancel();
      trailing = null;
      follows.follow(null);
    }
  }

  private static PartFollower follower(TrailingDigest digest) {
    return new PartFollower() {
      @Override
      public boolean expects(long offset) {
        return digest.expects(offset);
      }

      @Override
      public void take(ByteBuffer bytes, Runnable done) {
        digest.take(bytes, done);
      }

      @Override
      public void withdraw() {
        digest.withdraw();
      }
    };
  }

  /**
   * Reads a copy of the file and returns what is not as expected of it; empty when no digest is
   * known.
   */
  List<DigestCheck.Mismatch> mismatches(Path copy, long length)
      throws IOException, InterruptedException {
    List<ExpectedDigest> known = expected();
    return known.isEmpty() ? List.of() : DigestCheck.mismatches(known, read(copy, length));
  }

  /** Reads a copy of the file for the digests that are told of it, where they are. */
  void readAnyway(Path copy, long length) throws IOException, InterruptedException {
    if (isComputedAnyway) {
      note(read(copy, length));
    }
  }

  private Map<DigestAlgorithm, byte[]> read(Path copy, long length)
      throws IOException, InterruptedException {
    try (ReadableByteChannel bytes = Channels.newChannel(Files.newInputStream(copy))) {
      // it reads in one pass, so that what comes next is what it asks for
      TrailingDigest digest =
          new TrailingDigest(
              offset -> length,
              (into, offset) -> {
                goesOn.run();
                return bytes.read(into);
              },
              algorithms(),
              PIECE_BYTES);
      digest.start();
      return digest.finish(length);
    }
  }

  /** Returns what is to be computed of the file; nothing where nobody wants to know. */
  private Set<DigestAlgorithm> algorithms() {
    Set<DigestAlgorithm> algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    expected().forEach(digest -> algorithms.add(digest.algorithm()));
    source.digestFile().flatMap(DigestFile::algorithm).ifPresent(algorithms::add);
    if (algorithms.isEmpty() && isComputedAnyway) {
      algorithms.add(DigestAlgorithm.SHA_256);
    }
    return algorithms;
  }

  /** Notes what bytes have that should have other digests. */
  void noteWrong(List<DigestCheck.Mismatch> found) {
    if (!wrong.add(found)) {
      isWrongTwice = true;
    }
  }

  /** Says whether the same wrong bytes came twice, so that none were damaged on the way. */
  boolean isWrongTwice() {
    return isWrongTwice;
  }

  /** Notes what was computed over every byte. */
  void note(Map<DigestAlgorithm, byte[]> digests) {
    digests.forEach((a, bytes) -> computed.put(a.label(), HexFormat.of().formatHex(bytes)));
  }

  /** Returns the digests that every byte that is here has, as far as they were computed. */
  List<ExpectedDigest> found() {
    return computed.entrySet().stream()
        .map(one -> ExpectedDigest.parse(one.getKey() + "=" + one.getValue()))
        .toList();
  }

  /** Returns the digests of the landed bytes by algorithm; empty when none was asked for. */
  Map<String, String> computed() {
    return Map.copyOf(computed);
  }

  /** Notes how the end of a body was told that announced no length. */
  void endedBy(boolean isFramed) {
    end = source.sizeBytes().isPresent() ? "length" : isFramed ? "chunks" : "nothing";
  }

  /** Notes that the file is as expected. */
  void verified() {
    verifiedBy =
        expected().isEmpty()
            ? end
            : expected().stream()
                .map(digest -> digest.algorithm().label())
                .distinct()
                .collect(Collectors.joining("+"));
  }

  /** Notes what verified the file in an earlier run. */
  void verifiedBy(String what) {
    verifiedBy = what;
  }

  /**
   * Returns what verified the file, e.g. {@code sha-256}; without a digest {@code length}, {@code
   * chunks} or {@code nothing}.
   */
  @Nullable String verifiedBy() {
    return verifiedBy;
  }
}
