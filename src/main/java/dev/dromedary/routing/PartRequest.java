package dev.dromedary.routing;

import dev.dromedary.origin.OriginHeaders;
import dev.dromedary.response.Asked;
import dev.dromedary.response.KnownVersion;
import dev.dromedary.response.TakenCodings;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.Validators;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One GET: what is sent, and what was asked for with it.
 *
 * @param url where it goes
 * @param headers what is sent, and what only the client reads: the transfer's id, and path and
 *     query as they are to be sent
 * @param asked what the answer is judged against
 * @param sentIfRange whether the server was told of the version held
 */
record PartRequest(URI url, Map<String, String> headers, Asked asked, boolean sentIfRange) {

  /**
   * Composes the request for a part: ranged unless this server refuses ranges, bound to the version
   * held by {@code If-Range}, and conditional when nothing is held and a version is known.
   *
   * @param own what is sent to this host for its operator and the source's owner
   */
  static PartRequest of(TransferRun run, Part part, URI url, Map<String, String> own) {
    Mirror mirror = part.mirror();
    ByteRange range = part.asked();
    String resource = Fingerprint.ofResource(url);
    Validators held = run.heldOf(mirror, resource);
    KnownVersion known = run.file().facts().isEmpty() ? run.knownOf(resource) : KnownVersion.NONE;
    Map<String, String> headers = new LinkedHashMap<>(own);
    headers.put(OriginHeaders.TRANSFER_ID, run.record().id());
    headers.put(OriginHeaders.TARGET, target(url));
    if (run.mirrors().isNamed(url)) {
      headers.put(OriginHeaders.NAMED, "owner");
    }
    headers.put("Accept-Encoding", "identity");
    known.validators().ifNoneMatch().ifPresent(tag -> headers.put("If-None-Match", tag));
    known.validators().ifModifiedSince().ifPresent(date -> headers.put("If-Modified-Since", date));
    TakenCodings codings = TakenCodings.of(run.source());
    if (mirror.areRangesRefused()) {
      Asked asked = new Asked(0, Asked.OPEN, false, held, length(run), known, codings, resource);
      return new PartRequest(url, headers, asked, false);
    }
    headers.put("Range", rangeHeader(range));
    Optional<String> ifRange = mirror.isIfRangeRefused() ? Optional.empty() : held.ifRange();
    ifRange.ifPresent(validator -> headers.put("If-Range", validator));
    Asked asked =
        new Asked(range.start(), range.end(), true, held, length(run), known, codings, resource);
    return new PartRequest(url, headers, asked, ifRange.isPresent());
  }

  private static OptionalLong length(TransferRun run) {
    return run.file().facts().map(facts -> facts.length()).orElse(OptionalLong.empty());
  }

  /** Camel would encode some characters of it anew, after which a signed URL is another one. */
  static String target(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  private static String rangeHeader(ByteRange range) {
    return range.end() == Asked.OPEN ? "bytes=" + range.start() + "-" : range.toHeaderValue();
  }
}
