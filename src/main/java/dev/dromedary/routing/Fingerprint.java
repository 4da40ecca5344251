package dev.dromedary.routing;

import dev.dromedary.transfer.Source;
import dev.dromedary.transfer.UnsignedUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Texts that differ for whatever else they stand for, and tell nothing of it. Pure. */
final class Fingerprint {

  private Fingerprint() {}

  /** Returns a text that differs for every other URL, but not for one that is signed anew. */
  static String of(URI url) {
    return of(UnsignedUrl.of(url));
  }

  /**
   * Returns a text that differs for every other path: what a server says of a version holds for one
   * resource. Host and query are left out, since redirects lead to one of many servers, and by
   * links that are signed anew each time.
   */
  static String ofResource(URI url) {
    return of(url.getRawPath().isEmpty() ? "/" : url.getRawPath());
  }

  /**
   * Returns a text that differs for every other URL, digest, size, guard and digest file, be they
   * signed anew or not: what landed under other expectations was not held against these.
   */
  static String ofLanded(Source source, URI url) {
    return ofServed(source, url) + of(source.digests() + " " + source.sizeBytes());
  }

  /** Says whether {@link #ofLanded} differs by no more than what the file itself shows. */
  static boolean isServedAlike(@Nullable String ofLanded, Source source, URI url) {
    return ofLanded != null && ofLanded.startsWith(ofServed(source, url));
  }

  private static String ofServed(Source source, URI url) {
    String from = source.digestFile().map(file -> " " + UnsignedUrl.of(file.url())).orElse("");
    return of(UnsignedUrl.of(url) + " " + source.guards().fingerprint() + from + coding(source))
        + "/";
  }

  /**
   * Returns a text that differs for every other source that does not {@linkplain
   * Source#fetchesTheSameAs fetch the same}. A new signature is something else to ask: it may be
   * answered where the one before was refused.
   */
  static String ofAsked(Source source) {
    return ofAsked(source, URI::toString);
  }

  /** Returns what {@link #ofAsked} does, whatever the signatures of its URLs. */
  static String ofAskedUnsigned(Source source) {
    return ofAsked(source, UnsignedUrl::of);
  }

  private static String ofAsked(Source source, Function<URI, String> text) {
    String from =
        source
            .digestFile()
            .map(file -> text.apply(file.url()) + " " + file.algorithm())
            .orElse("none");
    return of(
        String.join(
            "\n",
            source.urls().stream().map(text).toList().toString(),
            new TreeMap<>(source.headers()).toString(),
            source.digests().toString(),
            from,
            source.sizeBytes().toString(),
            String.valueOf(source.allowUnknownLength()),
            source.guards() + coding(source)));
  }

  private static String coding(Source source) {
    return source.allowContentEncoding() ? " in any coding" : "";
  }

  private static String of(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
