package dev.dromedary.routing;

import dev.dromedary.response.Hop;
import dev.dromedary.response.RedirectPolicy;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.MaskedUrl;
import java.net.URI;
import java.util.List;
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
  private @Nullable URI redirected;

  SourceAddress(List<URI> urls, int maxRedirects) {
    this.urls = urls;
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

  /**
   * Returns where a redirect of {@code from} leads and remembers it.
   *
   * @param hop how many redirects this request has followed before, 0 or more
   * @throws DromedaryException when the redirect must not be followed
   */
  synchronized URI follow(URI from, String location, int hop) {
    Hop next = RedirectPolicy.next(from, location, hop + 1, maxRedirects);
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

  /** Moves on to the next URL, round and round. */
  synchronized void nextMirror() {
    redirected = null;
    mirror = (mirror + 1) % urls.size();
  }

  /** Returns the key under which a host's connections are counted. */
  static String slot(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
