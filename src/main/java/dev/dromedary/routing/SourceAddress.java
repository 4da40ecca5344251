package dev.dromedary.routing;

import dev.dromedary.response.Hop;
import dev.dromedary.response.RedirectPolicy;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.MaskedUrl;
import java.net.URI;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a source is asked at present: one of its URLs, or where that redirected to. A redirect's
 * target is remembered for the next part, and forgotten when it stops answering: signed links
 * expire.
 *
 * <p>Thread-safe.
 */
final class SourceAddress {

  private final List<URI> urls;
  private final int maxRedirects;
  private int mirror;
  private final BitSet lacking = new BitSet();
  private int failedMirrors;
  private @Nullable URI redirected;

  SourceAddress(List<URI> urls, int first, int maxRedirects) {
    this.urls = urls;
    this.mirror = first;
    this.maxRedirects = maxRedirects;
  }

  /** Returns the URL to ask now. */
  synchronized URI current() {
    return redirected != null ? redirected : urls.get(mirror);
  }

  /** Says whether the source's own headers may go there: its owner configured that origin. */
  boolean isConfigured(URI url) {
    return urls.stream().anyMatch(own -> RedirectPolicy.sameOrigin(own, url));
  }

  /** Says whether the source's owner named that host, so that it may be anywhere. */
  boolean isNamed(URI url) {
    return urls.stream().anyMatch(own -> RedirectPolicy.sameHost(own, url));
  }

  /**
   * Returns where a redirect of {@code from} leads and remembers it.
   *
   * @param hop which redirect of this request it is, 1 for the first
   * @throws DromedaryException when the redirect must not be followed
   */
  synchronized URI follow(URI from, String location, int hop) {
    Hop next = RedirectPolicy.next(from, location, hop, maxRedirects);
    if (next instanceof Hop.Follow follow) {
      redirected = follow.target();
      return follow.target();
    }
    Hop.Refuse refuse = (Hop.Refuse) next;
    throw new DromedaryException(
        refuse.code(), MaskedUrl.of(from) + ": redirect refused: " + refuse.message());
  }

  /** Forgets a redirect; returns whether there was one, so that asking again makes sense. */
  synchronized boolean forgetRedirect() {
    boolean was = redirected != null;
    redirected = null;
    return was;
  }

  /** Returns the URL of the source that is asked first at present, a redirect left aside. */
  synchronized URI mirror() {
    return urls.get(mirror);
  }

  /**
   * Moves on to the next URL that may have the file, round and round.
   *
   * @param lacksFile whether the present one is not to be asked again
   * @return whether it has not failed since the last attempt that brought bytes
   */
  synchronized boolean nextMirror(boolean lacksFile) {
    lacking.set(mirror, lacksFile);
    failedMirrors++;
    for (int i = 1; i < urls.size(); i++) {
      int next = (mirror + i) % urls.size();
      if (!lacking.get(next)) {
        moveTo(next);
        return failedMirrors < urls.size();
      }
    }
    return false;
  }

  /** Says whether there is a URL that has not turned out to lack the file. */
  synchronized boolean mayHaveFile() {
    return lacking.cardinality() < urls.size();
  }

  /** Returns the host of {@link #mirror}, as hosts are named everywhere. */
  String mirrorHost() {
    return host(mirror());
  }

  /** Returns which URL of the source is asked first at present, 0 or more. */
  synchronized int mirrorIndex() {
    return mirror;
  }

  /** Goes on at another URL. */
  synchronized void moveTo(int index) {
    redirected = null;
    mirror = index;
  }

  /** Begins with the URL that is recognised, if there is one. */
  synchronized void startAt(Predicate<URI> wanted) {
    for (int i = 0; i < urls.size(); i++) {
      if (wanted.test(urls.get(i))) {
        mirror = i;
        return;
      }
    }
  }

  /** Notes that the present URL brought bytes: every other one is worth asking again. */
  synchronized void broughtBytes() {
    failedMirrors = 0;
    lacking.clear();
  }

  /** Says whether what comes from the URL to ask now has to be decrypted. */
  boolean isEncrypted() {
    return isHttps(current());
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /** Returns the name under which all of a host is kept: {@code host:port} in lower case. */
  static String host(URI url) {
    int port = url.getPort() >= 0 ? url.getPort() : isHttps(url) ? 443 : 80;
    return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
