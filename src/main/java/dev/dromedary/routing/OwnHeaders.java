package dev.dromedary.routing;

import dev.dromedary.source.HeaderRules;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is sent to a host beyond the question itself: what the operator has for it, and what the
 * source's owner has for the hosts of its URLs. A host that only a redirect names gets neither.
 * Thread-safe.
 */
final class OwnHeaders {

  private final OriginCatalog origins;
  private final HeaderRules headerRules;

  OwnHeaders(OriginCatalog origins, HeaderRules headerRules) {
    this.origins = origins;
    this.headerRules = headerRules;
  }

  /** Returns what goes to a host that is asked for the bytes of a source. */
  Map<String, String> of(TransferRun run, URI url) {
    return run.mirrors().isConfigured(url) ? resolved(run, url) : Map.of();
  }

  /** Returns what goes to a host that is asked for the digest file of a source. */
  Map<String, String> ofDigestFile(TransferRun run, DigestFetch fetch) {
    return run.mirrors().isConfigured(fetch.url()) || fetch.isConfigured()
        ? resolved(run, fetch.url())
        : Map.of();
  }

  /** References are resolved anew for each request: kept nowhere, and they may change meanwhile. */
  private Map<String, String> resolved(TransferRun run, URI url) {
    Map<String, String> configured = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    configured.putAll(origins.origins().headers(Mirror.host(url)));
    if (run.mirrors().isConfigured(url)) {
      configured.putAll(run.source().headers());
    }
    try {
      return headerRules.resolved(configured);
    } catch (IllegalArgumentException e) {
      throw new DromedaryException(
          FailureCode.CREDENTIAL_UNREADABLE,
          "source " + run.source().id() + ": " + e.getMessage(),
          e);
    }
  }
}
