package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.OUTCOME;
import static dev.dromedary.routing.TransferProperties.required;

import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedText;
import dev.dromedary.transfer.TransferState;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps around the end of a transfer: its event, and what fails then. An event is told once: a
 * try more would keep the worker from its next transfer. Thread-safe.
 */
public final class EventSteps {

  private static final Logger LOG = LoggerFactory.getLogger(EventSteps.class);

  /** The path of a webhook is often its secret. */
  private static final Pattern PATH = Pattern.compile("(https?://[^/\\s]+/)\\S+");

  /**
   * Leaves what is told of a landed file as body for {@code landed.uri}.
   *
   * @throws DromedaryException {@link FailureCode#ROUTES} when nobody has made sure that it landed
   */
  public void landed(Exchange exchange) {
    String outcome = exchange.getProperty(OUTCOME, String.class);
    if (!TransferState.LANDED.name().equals(outcome)) {
      throw new DromedaryException(
          FailureCode.ROUTES,
          "route deliver-file ended with outcome "
              + outcome
              + ", expected LANDED: a step of it is missing");
    }
    EventBody.put(exchange, required(exchange, EventBody.EVENT, Map.class));
  }

  /** Reports an event that was not taken; the transfer stays as it ended. */
  public void untold(Exchange exchange) {
    Map<?, ?> event = required(exchange, EventBody.EVENT, Map.class);
    Throwable why = required(exchange, Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.error(
        "transfer={} source={} state={} msg=\"its end was not told\" code={} setting={} endpoint=\"{}\" reason=\"{}\" remedy=\"{}\"",
        event.get("transfer"),
        event.get("source"),
        event.get("state"),
        FailureCode.NOT_TOLD.label(),
        TransferState.LANDED.word().equals(event.get("state")) ? "landed.uri" : "failed.uri",
        endpoint(exchange),
        withoutPath(FailureClassifier.reason(why)),
        FailureCode.NOT_TOLD.remedy());
  }

  /** Reports a step of a user's own that failed after the end; the transfer stays as it ended. */
  public void stepFailed(Exchange exchange) {
    TransferRecord ended = TransferProperties.run(exchange).record();
    Throwable why = required(exchange, Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.error(
        "transfer={} source={} state={} msg=\"a step after its end failed\" code={} lastEndpoint=\"{}\" reason=\"{}\" remedy=\"{}\"",
        ended.id(),
        ended.sourceId(),
        ended.state().word(),
        FailureCode.STEP_AFTER_END.label(),
        endpoint(exchange),
        withoutPath(FailureClassifier.reason(why)),
        FailureCode.STEP_AFTER_END.remedy());
  }

  /** Returns what was called last, without what may be secret in it. */
  private static String endpoint(Exchange exchange) {
    String endpoint = exchange.getProperty(Exchange.TO_ENDPOINT, String.class);
    return endpoint == null ? "unknown" : masked(endpoint);
  }

  private static String masked(String endpoint) {
    return withoutPath(MaskedText.plain(endpoint.split("\\?", 2)[0]));
  }

  private static String withoutPath(String text) {
    return PATH.matcher(text).replaceAll("$1…");
  }
}
