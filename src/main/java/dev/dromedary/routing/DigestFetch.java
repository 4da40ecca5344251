package dev.dromedary.routing;

import dev.dromedary.response.RedirectPolicy;
import dev.dromedary.sidecar.WantedFile;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.Source;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of a digest file: where it has come to, and what it holds. It belongs to the first URL
 * of its source, whichever mirror brought the bytes. Used by one thread.
 */
final class DigestFetch implements ConnectionHolder {

  private final WantedFile wanted;
  private final URI named;
  private final int maxRedirects;
  private @Nullable String slot;
  private int hops;
  private URI url;
  private @Nullable Pace pace;
  private @Nullable Closeable body;
  private boolean isFramed;

  DigestFetch(Source source, DigestFile file, int maxRedirects) {
    this.wanted = WantedFile.of(source.url(), file);
    this.named = file.url();
    this.maxRedirects = maxRedirects;
    this.url = file.url();
  }

  WantedFile wanted() {
    return wanted;
  }

  URI url() {
    return url;
  }

  /** Says whether the source's owner named the host that is asked, so that it may be anywhere. */
  boolean isNamed() {
    return RedirectPolicy.sameHost(named, url);
  }

  /**
   * Says whether the operator's headers may go there: the source's owner configured that origin.
   */
  boolean isConfigured() {
    return RedirectPolicy.sameOrigin(named, url);
  }

  /** Returns the host that is asked next. */
  String host() {
    return Mirror.host(url);
  }

  @Override
  public @Nullable String slot() {
    return slot;
  }

  @Override
  public void holds(@Nullable String ofHost) {
    slot = ofHost;
  }

  /** The bytes of the file are here before its digest is asked for. */
  @Override
  public boolean hasOthers() {
    return false;
  }

  /** Goes on where a redirect leads. */
  void follow(String location) {
    hops++;
    url = Mirror.target(url, location, hops, maxRedirects);
  }

  void asks(Pace limits) {
    closePace();
    pace = limits;
  }

  Pace pace() {
    Pace limits = pace;
    if (limits == null) {
      throw new IllegalStateException("digest file at " + host() + ": nothing was asked for yet");
    }
    return limits;
  }

  /** Keeps the body of an answer until it is closed. */
  void answered(Closeable received) {
    body = received;
  }

  /** Notes whether the answer tells where its body ends. */
  void framed(boolean isEndTold) {
    isFramed = isEndTold;
  }

  /** Says whether a body that was cut would have failed as such. */
  boolean isFramed() {
    return isFramed;
  }

  /** Closes what the last answer left open; idempotent. */
  void closeBody() throws IOException {
    Closeable open = body;
    body = null;
    if (open != null) {
      open.close();
    }
  }

  void closePace() {
    if (pace != null) {
      pace.close();
      pace = null;
    }
  }
}
