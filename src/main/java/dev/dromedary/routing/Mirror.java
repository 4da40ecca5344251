package dev.dromedary.routing;

import dev.dromedary.response.Hop;
import dev.dromedary.response.RedirectPolicy;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One URL of a source, and what the server behind it has shown one transfer. A redirect's target is
 * remembered for the next part, and for the next attempt while bytes come from it: a redirector may
 * lead elsewhere each time. It is forgotten when it stops answering: signed links expire.
 *
 * <p>Thread-safe.
 */
final class Mirror {

  private final int index;
  private final URI url;
  private final int maxRedirects;
  private @Nullable URI redirected;
  private Validators held = Validators.NONE;
  private boolean rangesRefused;
  private boolean isAskedForWhole;
  private boolean ifRangeRefused;
  private boolean hasServed;
  private boolean hasServedLately;

  /** Creates one of which nothing is known; {@code index} is its place in the source, from 0. */
  Mirror(int index, URI url, int maxRedirects) {
    this.index = index;
    this.url = url;
    this.maxRedirects = maxRedirects;
  }

  int index() {
    return index;
  }

  /** Returns the URL as the source names it. */
  URI url() {
    return url;
  }

  /** Returns the host of {@link #url}, as hosts are named everywhere. */
  String host() {
    return host(url);
  }

  /** Returns the URL to ask now: its own, or where that redirected to. */
  synchronized URI current() {
    return redirected != null ? redirected : url;
  }

  /** Returns the host of {@link #current}. */
  String currentHost() {
    return host(current());
  }

  /** Returns where a redirect leads, as {@link #target} says, and remembers it. */
  synchronized URI follow(URI from, String location, int hop) {
    redirected = target(from, location, hop, maxRedirects);
    return redirected;
  }

  /** Forgets where its own URL redirected to, unless bytes came from there in the last attempt. */
  synchronized void beginAttempt() {
    redirected = hasServedLately ? redirected : null;
    hasServedLately = false;
    isAskedForWhole = false;
  }

  /** Forgets where a redirect led, unless it leads elsewhere meanwhile. */
  synchronized void forgetRedirectTo(URI expired) {
    redirected = expired.equals(redirected) ? null : redirected;
  }

  /** Returns what each of its answers is compared with; NONE where length and digest decide. */
  synchronized Validators held() {
    return held;
  }

  /** Sets what each of its answers is compared with. */
  synchronized void hold(Validators validators) {
    held = validators;
  }

  /** Sets that, unless it is settled. */
  synchronized void holdFirst(Validators validators) {
    held = held.isNone() ? validators : held;
  }

  /** Says that it answers ranged requests with something of no use, or is not to be asked any. */
  synchronized boolean areRangesRefused() {
    return rangesRefused || isAskedForWhole;
  }

  /** Asks it for the whole in this attempt: its parts do not tell what a first one has to. */
  synchronized void askForWhole() {
    isAskedForWhole = true;
  }

  synchronized void refuseRanges() {
    rangesRefused = true;
  }

  /** Says that it answers {@code If-Range} with the whole though nothing changed. */
  synchronized boolean isIfRangeRefused() {
    return ifRangeRefused;
  }

  synchronized void refuseIfRange() {
    ifRangeRefused = true;
  }

  /** Says whether some of the bytes here may be its. */
  synchronized boolean hasServed() {
    return hasServed;
  }

  /** Notes that it began to send bytes of the file. */
  synchronized void served() {
    hasServed = true;
    hasServedLately = true;
  }

  /** Forgets that bytes of it were here. */
  synchronized void forgetBytes() {
    hasServed = false;
    hasServedLately = false;
    held = Validators.NONE;
  }

  /** Forgets what its server has shown, and where that led to. */
  synchronized void forgetServer() {
    redirected = null;
    rangesRefused = false;
    ifRangeRefused = false;
  }

  /** Returns the name under which all of a host is kept: {@code host:port} in lower case. */
  static String host(URI url) {
    int port = url.getPort() >= 0 ? url.getPort() : isHttps(url) ? 443 : 80;
    return url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /**
   * Returns where a redirect of {@code from} leads.
   *
   * @param hop which redirect of this request it is, 1 for the first
   * @throws DromedaryException when the redirect must not be followed
   */
  static URI target(URI from, String location, int hop, int maxRedirects) {
    Hop next = RedirectPolicy.next(from, location, hop, maxRedirects);
    if (next instanceof Hop.Follow follow) {
      return follow.target();
    }
    Hop.Refuse refuse = (Hop.Refuse) next;
    throw new DromedaryException(
        refuse.code(), MaskedUrl.of(from) + ": redirect refused: " + refuse.message());
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
