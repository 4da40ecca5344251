package dev.dromedary.routing;

import dev.dromedary.response.RedirectPolicy;
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

  /**
   * Returns what the operator has for this host and, put over it, what the source says. References
   * are resolved anew for each request, so that they are kept nowhere and may change meanwhile.
   */
  Map<String, String> of(TransferRun run, URI url) {
    boolean isOfSource = run.address().isConfigured(url);
    boolean isOfDigestFile =
        run.source().digestFile().stream().anyMatch(f -> RedirectPolicy.sameOrigin(f.url(), url));
    if (!isOfSource && !isOfDigestFile) {
      return Map.of();
    }
    Map<String, String> configured = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    configured.putAll(origins.origins().headers(SourceAddress.host(url)));
    if (isOfSource) {
      configured.putAll(run.source().headers());
    }
    try {
      return headerRules.resolved(configured);
    } catch (IllegalArgumentException e) {
      throw new DromedaryException(
          FailureCode.CREDENTIAL_UNREADABLE, "source " + run.source().id() + ": " + e.getMessage());
    }
  }
}
