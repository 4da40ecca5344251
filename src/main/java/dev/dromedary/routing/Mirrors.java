package dev.dromedary.routing;

import dev.dromedary.response.KnownVersion;
import dev.dromedary.response.RedirectPolicy;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of a source as one transfer asks them. One leads: an attempt begins with it, and the
 * version that counts is what it answers. Moving the lead forgets what the next server had shown.
 *
 * <p>Thread-safe.
 */
final class Mirrors {

  private final List<Mirror> all;
  private final BitSet lacking = new BitSet();
  private Mirror lead;
  private KnownVersion known;
  private int failedInARow;
  private boolean isLeadAlone;
  private boolean mayBeMixed;
  private boolean wereMixed;
  private int wrong;
  private @Nullable URI versionUrl;

  /**
   * Creates them as they stand in the source.
   *
   * @param first which one leads at first
   * @param known the version of it that need not be fetched
   */
  Mirrors(List<URI> urls, int first, int maxRedirects, KnownVersion known) {
    List<Mirror> mirrors = new ArrayList<>();
    for (URI url : urls) {
      mirrors.add(new Mirror(mirrors.size(), url, maxRedirects));
    }
    this.all = List.copyOf(mirrors);
    this.lead = all.get(first);
    this.known = known;
  }

  /** Returns all of them, in the order of the source. */
  List<Mirror> all() {
    return all;
  }

  /** Returns the one that is asked first. */
  synchronized Mirror lead() {
    return lead;
  }

  /** Says whether the source's own headers may go there: its owner configured that origin. */
  boolean isConfigured(URI url) {
    return all.stream().anyMatch(own -> RedirectPolicy.sameOrigin(own.url(), url));
  }

  /** Says whether the source's owner named that host, so that it may be anywhere. */
  boolean isNamed(URI url) {
    return all.stream().anyMatch(own -> RedirectPolicy.sameHost(own.url(), url));
  }

  /** Returns the version of the lead that need not be fetched; NONE when there is none. */
  synchronized KnownVersion known() {
    return known;
  }

  /** Forgets that a version need not be fetched: nothing more is asked about it. */
  synchronized void forgetKnown() {
    known = KnownVersion.NONE;
  }

  /**
   * Moves the lead on to the next URL that may have the file, round and round.
   *
   * @param lacksFile whether the present one is not to be asked again
   * @return whether it has not failed since the last attempt that brought bytes
   */
  synchronized boolean leadWithNext(boolean lacksFile) {
    lacking.set(lead.index(), lacksFile);
    failedInARow++;
    Optional<Mirror> next = next();
    next.ifPresent(this::lead);
    return next.isPresent() && failedInARow < all.size();
  }

  /** Lets the first, round and round from the lead on, lead for which the least time is left. */
  synchronized void leadWithSoonest(Function<Mirror, Duration> left) {
    Stream.concat(Stream.of(lead), others()).min(Comparator.comparing(left)).ifPresent(this::lead);
  }

  /** Returns the next, round and round, that may have the file. */
  private Optional<Mirror> next() {
    return others().findFirst();
  }

  private Stream<Mirror> others() {
    return IntStream.range(1, all.size())
        .mapToObj(i -> all.get((lead.index() + i) % all.size()))
        .filter(this::mayHaveFile);
  }

  private void lead(Mirror next) {
    if (next != lead) {
      lead = next;
      known = KnownVersion.NONE;
      next.forgetServer();
    }
  }

  /** Begins with the URL that is recognised, if there is one. */
  synchronized void leadWith(Predicate<URI> wanted) {
    all.stream().filter(own -> wanted.test(own.url())).findFirst().ifPresent(own -> lead = own);
  }

  /**
   * Lets one lead alone from now on, whose bytes may be right where those forgotten last were not:
   * the first, where they were of several; else the next, as long as not as many were wrong as
   * there are URLs.
   *
   * @return whether there is one
   */
  synchronized boolean leadWithAnotherAlone() {
    boolean wasAlone = isLeadAlone();
    isLeadAlone = true;
    if (wereMixed && !wasAlone) {
      lead(all.get(0));
      return true;
    }
    Optional<Mirror> next = next();
    next.ifPresent(this::lead);
    return next.isPresent() && ++wrong < all.size();
  }

  /** Says whether bytes may be asked of nobody but the lead. */
  synchronized boolean isLeadAlone() {
    return isLeadAlone || all.size() == 1;
  }

  /** Notes that one turned out to lack the file. */
  synchronized void lacksFile(Mirror mirror) {
    lacking.set(mirror.index());
  }

  /** Says whether one has not turned out to lack the file. */
  synchronized boolean mayHaveFile(Mirror mirror) {
    return !lacking.get(mirror.index());
  }

  /** Says whether there is a URL that has not turned out to lack the file. */
  synchronized boolean mayHaveFile() {
    return lacking.cardinality() < all.size();
  }

  /** Notes that the last attempt brought bytes: every URL is worth asking again. */
  synchronized void broughtBytes() {
    failedInARow = 0;
    lacking.clear();
  }

  /** Sets what each answer of the lead is compared with; of the others nothing is held yet. */
  synchronized void hold(Validators validators) {
    all.forEach(own -> own.hold(own == lead ? validators : Validators.NONE));
  }

  /**
   * Notes that bytes of an earlier process are here: of which URL each is, nobody knows any more.
   */
  synchronized void resumed() {
    mayBeMixed = all.size() > 1;
  }

  /** Forgets of whom the bytes here were. */
  synchronized void forgetBytes() {
    wereMixed = mayBeMixed || all.stream().filter(Mirror::hasServed).count() > 1;
    mayBeMixed = false;
    all.forEach(Mirror::forgetBytes);
  }

  /**
   * Notes of which URL's version the bytes are that are about to be delivered.
   *
   * @param urlFingerprint as it stands in the part file's journal
   */
  synchronized void noteVersion(String urlFingerprint) {
    versionUrl =
        all.stream()
            .map(Mirror::url)
            .filter(url -> Fingerprint.of(url).equals(urlFingerprint))
            .findFirst()
            .orElse(lead.url());
  }

  /** Returns the URL whose validators name the version that was received. */
  synchronized URI versionUrl() {
    URI noted = versionUrl;
    return noted == null ? lead.url() : noted;
  }
}
