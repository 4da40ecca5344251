package dev.dromedary.routing;

import dev.dromedary.digest.TrailingDigest;
import dev.dromedary.failure.Failure;
import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferProgress;
import dev.dromedary.part.PartFacts;
import dev.dromedary.part.PartFile;
import dev.dromedary.plan.MirrorPolicy;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all attempts at one transfer share in this process: its source, its ledger record, its part
 * file and the digest that trails it. Made at the claim, closed with the exchange.
 *
 * <p>The record is changed by the thread of the exchange alone; the rest is thread-safe.
 */
final class TransferRun implements AutoCloseable {

  private final Source source;
  private final SourceAddress address;
  private final ContentWatch content;
  private final TransferProgress progress;
  private final Supplier<PartFile> opener;
  private final AtomicInteger mostConnections = new AtomicInteger();

  private volatile PartFile file;
  private volatile TransferRecord record;
  private volatile @Nullable String verifiedBy;
  private volatile Validators heldValidators = Validators.NONE;
  private volatile Validators landedValidators;
  private @Nullable Path setAside;
  private final Map<FailureCode, Integer> startOvers = new EnumMap<>(FailureCode.class);
  private int attemptsWithoutProgress;
  private final long fetchedBefore;
  private Instant attemptStartedAt;
  private long attemptFromOffset;
  private long attemptNetworkBytes;
  private long mostHeldBytes;
  private @Nullable FailureDecision decision;
  private final MirrorPolicy mirrors;
  private volatile int preferredMirror;
  private volatile boolean movedForSpeed;
  private @Nullable URI versionUrl;
  private final Map<String, String> computedDigests = new ConcurrentHashMap<>();
  private @Nullable Instant noRoomSince;
  private long heldWithoutRoomBytes;
  private volatile boolean rangesRefused;
  private volatile boolean ifRangeRefused;
  private volatile List<ExpectedDigest> promised = List.of();
  private volatile List<ExpectedDigest> published = List.of();
  private volatile boolean digestsAnyway;
  private volatile boolean isCancelled;
  private volatile @Nullable PartFlow flow;
  private @Nullable TrailingDigest digest;

  TransferRun(
      Source source,
      TransferRecord record,
      SourceAddress address,
      ContentWatch content,
      TransferProgress progress,
      Supplier<PartFile> opener,
      Validators landedValidators) {
    this.source = source;
    this.record = record;
    this.attemptStartedAt = progress.startedAt();
    this.fetchedBefore = record.fetchedBytes();
    this.address = address;
    this.mirrors = new MirrorPolicy(source.urls().size());
    this.content = content;
    this.progress = progress;
    this.opener = opener;
    this.file = opener.get();
    this.mostHeldBytes = file.received().sizeBytes();
    this.landedValidators = landedValidators;
  }

  Source source() {
    return source;
  }

  SourceAddress address() {
    return address;
  }

  ContentWatch content() {
    return content;
  }

  TransferProgress progress() {
    return progress;
  }

  PartFile file() {
    return file;
  }

  TransferRecord record() {
    return record;
  }

  void record(TransferRecord stored) {
    record = stored;
  }

  /** Returns the record with the bytes that are here and came over the network by now. */
  TransferRecord recordNow(Instant now) {
    long fetched = progress.snapshot(now).networkBytes();
    return record.withBytes(file.received().sizeBytes(), fetchedBefore + fetched);
  }

  /** Returns the validators of what landed last; NONE unless it is still there, untouched. */
  Validators landedValidators() {
    return landedValidators;
  }

  /** Returns what the bytes here are bytes of. */
  PartFacts factsHeld() {
    return file.facts()
        .orElseThrow(
            () -> new IllegalStateException("transfer " + record.id() + ": holds no version yet"));
  }

  /** Returns the length of the version held, when it is known. */
  OptionalLong heldLength() {
    return file.facts().map(PartFacts::length).orElse(OptionalLong.empty());
  }

  /** Returns what bytes of another version would be bytes of. */
  PartFacts facts(Validators validators, OptionalLong length, Instant now) {
    return new PartFacts(
        source.id(), fingerprint(address.mirror()), validators, content.contentType(), length, now);
  }

  /** Returns a text that differs for every other URL, and tells nothing of it. */
  static String fingerprint(URI url) {
    byte[] text = url.toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(text).toString();
  }

  /**
   * Returns a text that differs for every other URL, digest, size, guard and digest file: what
   * landed under other expectations was not held against these.
   */
  static String landedFingerprint(Source source, URI url) {
    String guards = source.guards().fingerprint();
    String from = source.digestFile().map(file -> " " + file.url()).orElse("");
    String text = url + " " + source.digests() + " " + source.sizeBytes() + guards + from;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Returns what each answer is compared with; NONE where length and digest decide. */
  Validators heldValidators() {
    return heldValidators;
  }

  /** Sets what each answer is compared with. */
  void hold(Validators validators) {
    heldValidators = validators;
  }

  /** Says that this server answers ranged requests with something of no use. */
  boolean areRangesRefused() {
    return rangesRefused;
  }

  void refuseRanges() {
    rangesRefused = true;
  }

  /** Says that this server answers {@code If-Range} with the whole though nothing changed. */
  boolean isIfRangeRefused() {
    return ifRangeRefused;
  }

  void refuseIfRange() {
    ifRangeRefused = true;
  }

  void noteConnections(int open) {
    mostConnections.accumulateAndGet(open, Math::max);
  }

  int mostConnections() {
    return mostConnections.get();
  }

  /** Notes from where and when the attempt that begins goes on. */
  void beginAttempt(Instant now) {
    attemptStartedAt = now;
    attemptFromOffset = file.received().frontierFrom(0);
    attemptNetworkBytes = progress.snapshot(now).networkBytes();
    published = List.of();
  }

  /** Returns the attempt that was begun last, as it failed. */
  AttemptRecord failedAttempt(int number, Failure failure, Instant now) {
    long bytes = progress.snapshot(now).networkBytes() - attemptNetworkBytes;
    return AttemptRecord.started(
            record.id(),
            number,
            attemptStartedAt,
            MaskedUrl.of(address.current()),
            attemptFromOffset)
        .failed(now, OptionalInt.empty(), bytes, failure.code(), failure.message());
  }

  /**
   * Returns every digest the file must have: the source's, what the server promised, and what the
   * digest file says.
   */
  List<ExpectedDigest> expectedDigests() {
    return Stream.of(source.digests(), promised, published)
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  /** Takes over what the digest file says; one its name did not tell is computed from the disk. */
  synchronized void publish(List<ExpectedDigest> fromFile, int chunkBytes) {
    published = List.copyOf(fromFile);
    if (digest != null && !published.stream().allMatch(digest::covers)) {
      cancelDigest();
      beginDigest(promised, chunkBytes);
    }
  }

  /** Has a digest computed also where none is expected. */
  void digestAnyway() {
    digestsAnyway = true;
  }

  /** Says whether the digest file has told in this attempt what it was to tell, if there is one. */
  boolean isPublished() {
    return source.digestFile().isEmpty() || !published.isEmpty();
  }

  /**
   * Begins to digest what is here and what comes; once for each version.
   *
   * @param fromServer what the response headers promise of the whole
   */
  synchronized void beginDigest(List<ExpectedDigest> fromServer, int chunkBytes) {
    if (digest != null) {
      return;
    }
    promised = List.copyOf(fromServer);
    Set<DigestAlgorithm> algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    expectedDigests().forEach(expected -> algorithms.add(expected.algorithm()));
    source.digestFile().flatMap(DigestFile::algorithm).ifPresent(algorithms::add);
    if (algorithms.isEmpty() && digestsAnyway) {
      algorithms.add(DigestAlgorithm.SHA_256);
    }
    if (!algorithms.isEmpty()) {
      PartFile followed = file;
      digest =
          new TrailingDigest(followed::awaitFrontier, followed::readAt, algorithms, chunkBytes);
      digest.start();
    }
  }

  synchronized @Nullable TrailingDigest digest() {
    return digest;
  }

  /** Forgets every byte received: what comes next belongs to {@code facts}. */
  void startOver(PartFacts facts) {
    cancelDigest();
    file.begin(facts);
    hold(facts.validators());
  }

  /** Forgets every byte received and to what they belonged. */
  void forget() {
    cancelDigest();
    file.discard();
    file = opener.get();
    hold(Validators.NONE);
  }

  /** Keeps the rejected bytes aside for a person to look at, and forgets them. */
  Path setAside() {
    cancelDigest();
    Path aside = file.setAside();
    setAside = aside;
    file = opener.get();
    hold(Validators.NONE);
    return aside;
  }

  /** Returns where the bytes of the last attempt are kept; empty when there are none. */
  Optional<Path> keptAt() {
    return file.received().sizeBytes() > 0
        ? Optional.of(file.path())
        : Optional.ofNullable(setAside);
  }

  /** Opens the part file again after a disk failed it; what its journal can vouch for is left. */
  void reopen() {
    cancelDigest();
    file.close();
    file = opener.get();
  }

  /** Goes on after a rest, in which its part file was closed. */
  TransferRun goOn(TransferRecord claimed) {
    record = claimed;
    file = opener.get();
    return this;
  }

  /** Returns what verified the file, e.g. {@code sha-256}; {@code length} without a digest. */
  @Nullable String verifiedBy() {
    return verifiedBy;
  }

  void verifiedBy(String what) {
    verifiedBy = what;
  }

  synchronized void cancelDigest() {
    if (digest != null) {
      digest.cancel();
      digest = null;
    }
  }

  /**
   * Notes a failed attempt; one after which more is here than ever before does not count against
   * the tries. Bytes that come again and again, because each attempt starts over, are no progress.
   */
  void noteFailedAttempt(long leastGainBytes) {
    long heldBytes = file.received().sizeBytes();
    if (heldBytes >= mostHeldBytes + leastGainBytes) {
      mostHeldBytes = heldBytes;
      attemptsWithoutProgress = 0;
      address.broughtBytes();
    } else {
      attemptsWithoutProgress++;
    }
  }

  /** Returns which URL is the fastest, as far as is known. Guarded by the attempt's flow. */
  MirrorPolicy mirrors() {
    return mirrors;
  }

  /** Notes that what is left would come faster from another URL. */
  void preferMirror(int index) {
    preferredMirror = index;
  }

  /** Says whether it left a URL because another one might be faster. */
  boolean hasMovedForSpeed() {
    return movedForSpeed;
  }

  /** Goes back to the first URL for good: what the faster one brought was not what was expected. */
  void stayWithFirstMirror() {
    movedForSpeed = false;
    mirrors.stay();
    address.moveTo(0);
    forgetServer();
  }

  /** Goes on at the URL that was preferred. */
  void moveToPreferredMirror() {
    movedForSpeed = true;
    address.moveTo(preferredMirror);
    forgetServer();
  }

  private void forgetServer() {
    landedValidators = Validators.NONE;
    rangesRefused = false;
    ifRangeRefused = false;
  }

  /** Notes what was computed over every byte, by algorithm, in hexadecimal. */
  void noteDigests(Map<DigestAlgorithm, byte[]> computed) {
    computed.forEach((a, bytes) -> computedDigests.put(a.label(), HexFormat.of().formatHex(bytes)));
  }

  /** Returns the digests of the landed bytes; empty when none was asked for. */
  Map<String, String> computedDigests() {
    return Map.copyOf(computedDigests);
  }

  /** Notes of which URL's version the bytes are that are about to be delivered. */
  void noteVersion() {
    String named = factsHeld().urlFingerprint();
    versionUrl =
        source.urls().stream()
            .filter(url -> fingerprint(url).equals(named))
            .findFirst()
            .orElse(address.mirror());
  }

  /** Returns the URL whose validators name the version that was received. */
  URI versionUrl() {
    return versionUrl == null ? address.mirror() : versionUrl;
  }

  /** Moves on to the next URL as {@link SourceAddress#nextMirror} says; it knows nothing of it. */
  boolean nextMirror(boolean lacksFile) {
    int before = address.mirrorIndex();
    boolean isFresh = address.nextMirror(lacksFile);
    if (address.mirrorIndex() != before) {
      forgetServer();
    }
    return isFresh;
  }

  /** Says whether bytes are here that would be lost if another URL were asked. */
  boolean needsItsUrl() {
    return file.received().sizeBytes() > 0 && source.digests().isEmpty();
  }

  /** Returns since when it has waited for room on the disk without getting on meanwhile. */
  Instant waitsForRoomSince(Instant now) {
    long heldBytes = file.received().sizeBytes();
    if (noRoomSince == null || heldBytes != heldWithoutRoomBytes) {
      noRoomSince = now;
      heldWithoutRoomBytes = heldBytes;
    }
    return noRoomSince;
  }

  /** Says whether the attempt that was begun last has brought a byte. */
  boolean hasReceivedSinceBegin() {
    return progress.networkBytes() > attemptNetworkBytes;
  }

  /** Returns how many bytes of the version held are missing; 0 when its length is not known. */
  long missingBytes() {
    OptionalLong length = heldLength();
    return length.isEmpty() ? 0 : length.getAsLong() - file.received().sizeBytes();
  }

  /** Says whether every byte of the version held is here, so that no server is asked for it. */
  boolean isAllHere() {
    return heldLength().isPresent() && missingBytes() == 0;
  }

  int attemptsWithoutProgress() {
    return attemptsWithoutProgress;
  }

  /** Notes that the transfer starts over for a code; returns how often it did before. */
  int noteStartOver(FailureCode code) {
    return startOvers.merge(code, 1, Integer::sum) - 1;
  }

  void decide(FailureDecision next) {
    decision = next;
  }

  @Nullable FailureDecision decision() {
    return decision;
  }

  /** Sets what hands out the parts of the attempt that begins. */
  void flow(PartFlow parts) {
    flow = parts;
  }

  /** Returns what is here and what is being fetched. */
  OpenRuns.Strip strip() {
    PartFlow parts = flow;
    return new OpenRuns.Strip(
        file.received().ranges(), parts == null ? List.of() : parts.fetching());
  }

  /** Ends it on somebody's wish; its own thread notices at its next step. */
  void cancel() {
    isCancelled = true;
  }

  /** Says whether somebody wants it to end. */
  boolean isCancelled() {
    return isCancelled;
  }

  /** Returns it as ended on somebody's wish; what arrived waits in its part file. */
  TransferRecord cancelled(Instant now, Function<Path, String> inTheLedger) {
    return recordNow(now)
        .withPartFile(keptAt().map(inTheLedger).orElse(null))
        .cancelled(TransferControl.REASON);
  }

  /**
   * Goes on only when nobody wants it to end.
   *
   * @throws DromedaryException {@link FailureCode#STOPPING} otherwise
   */
  void requireWanted() {
    if (isCancelled) {
      throw new DromedaryException(FailureCode.STOPPING, TransferControl.REASON);
    }
  }

  @Override
  public void close() {
    cancelDigest();
    file.close();
  }
}
