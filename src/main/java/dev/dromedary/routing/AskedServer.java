package dev.dromedary.routing;

import dev.dromedary.plan.MirrorPolicy;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Which URL of its source a transfer asks, and what the server behind it has shown: moving to
 * another URL forgets that. Thread-safe, but for the {@linkplain #mirrors comparison of speeds}.
 */
final class AskedServer {

  private final SourceAddress address;
  private final MirrorPolicy mirrors;
  private volatile Validators landedValidators;
  private volatile boolean rangesRefused;
  private volatile boolean ifRangeRefused;
  private volatile int preferredMirror;
  private volatile boolean movedForSpeed;
  private volatile @Nullable URI versionUrl;

  AskedServer(SourceAddress address, int urls, Validators landedValidators) {
    this.address = address;
    this.mirrors = new MirrorPolicy(urls);
    this.landedValidators = landedValidators;
  }

  /** Returns the validators of what landed last; NONE unless it is still there, untouched. */
  Validators landedValidators() {
    return landedValidators;
  }

  /** Says that it answers ranged requests with something of no use. */
  boolean areRangesRefused() {
    return rangesRefused;
  }

  void refuseRanges() {
    rangesRefused = true;
  }

  /** Says that it answers {@code If-Range} with the whole though nothing changed. */
  boolean isIfRangeRefused() {
    return ifRangeRefused;
  }

  void refuseIfRange() {
    ifRangeRefused = true;
  }

  /** Returns which URL is the fastest, as far as is known. Guarded by the attempt's flow. */
  MirrorPolicy mirrors() {
    return mirrors;
  }

  /** Notes that what is left would come faster from another URL. */
  void preferMirror(int index) {
    preferredMirror = index;
  }

  /** Goes on at the URL that was preferred. */
  void moveToPreferredMirror() {
    movedForSpeed = true;
    address.moveTo(preferredMirror);
    forget();
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
    forget();
  }

  /** Moves on to the next URL as {@link SourceAddress#nextMirror} says; it knows nothing of it. */
  boolean nextMirror(boolean lacksFile) {
    int before = address.mirrorIndex();
    boolean isFresh = address.nextMirror(lacksFile);
    if (address.mirrorIndex() != before) {
      forget();
    }
    return isFresh;
  }

  /**
   * Notes of which URL's version the bytes are that are about to be delivered.
   *
   * @param urlFingerprint as it stands in the part file's journal
   */
  void noteVersion(Iterable<URI> urls, String urlFingerprint) {
    versionUrl = address.mirror();
    for (URI url : urls) {
      if (Fingerprint.of(url).equals(urlFingerprint)) {
        versionUrl = url;
        return;
      }
    }
  }

  /** Returns the URL whose validators name the version that was received. */
  URI versionUrl() {
    URI noted = versionUrl;
    return noted == null ? address.mirror() : noted;
  }

  private void forget() {
    landedValidators = Validators.NONE;
    rangesRefused = false;
    ifRangeRefused = false;
  }
}
