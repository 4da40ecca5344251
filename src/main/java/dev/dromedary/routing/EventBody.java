package dev.dromedary.routing;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.json.Jsoner;

/**
 * How {@code landed.uri} and {@code failed.uri} are told of a transfer: a body of JSON that every
 * endpoint takes, and the same facts for the steps of a route, as the property {@value #EVENT}.
 */
final class EventBody {

  static final String EVENT = "event";

  private EventBody() {}

  /**
   * Puts facts in place of what the exchange carried. Without the method Camel would make a GET
   * without a body of an {@code http:} endpoint that has a query.
   */
  static void put(Exchange exchange, Map<?, ?> facts) {
    exchange.setProperty(EVENT, facts);
    exchange.getMessage().setHeaders(new HashMap<>());
    exchange.getMessage().setBody(json(facts));
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "POST");
  }

  /** Each slash is escaped, which JSON allows and who reads or searches it does not expect. */
  private static String json(Map<?, ?> facts) {
    return Jsoner.serialize(facts).replace("\\/", "/");
  }
}
