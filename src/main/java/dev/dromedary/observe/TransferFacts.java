package dev.dromedary.observe;

import dev.dromedary.transfer.UtcTime;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is told of a transfer in JSON, field by field, to whoever is told: the lines of {@code get}
 * and {@code once}, {@code landed.uri}, {@code failed.uri} and the property {@code event} of
 * routes. The names are those of docs/json.md. Every field is always there; what does not apply is
 * null.
 */
public final class TransferFacts {

  private TransferFacts() {}

  /** Returns the fields of a change, in their order; may be changed. */
  public static Map<String, Object> of(TransferEvent event) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("at", UtcTime.format(event.at()));
    facts.put("transfer", event.transferId());
    facts.put("source", event.sourceId());
    facts.put("target", event.target());
    facts.put("state", event.state().word());
    facts.put("totalBytes", event.totalBytes().isPresent() ? event.totalBytes().getAsLong() : null);
    facts.put("receivedBytes", event.receivedBytes());
    facts.put("networkBytes", event.networkBytes());
    facts.put("seconds", event.took().toMillis() / 1000.0);
    facts.put("attempts", event.attempts());
    facts.put("connections", event.connections());
    facts.put("code", event.code() == null ? null : event.code().label());
    facts.put("reason", event.reason());
    facts.put("nextAttemptAt", UtcTime.formatOrNull(event.nextAttemptAt()));
    facts.put("verifiedBy", event.verifiedBy());
    facts.put("landedFile", event.landedFile() == null ? null : event.landedFile().toString());
    return facts;
  }

  /** Returns the fields of a transfer that starts over, in their order; may be changed. */
  public static Map<String, Object> of(StartOver startOver) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("at", UtcTime.format(startOver.at()));
    facts.put("transfer", startOver.transferId());
    facts.put("source", startOver.sourceId());
    facts.put("target", startOver.target());
    facts.put("reason", startOver.reason());
    facts.put("givenUpBytes", startOver.givenUpBytes());
    return facts;
  }
}
