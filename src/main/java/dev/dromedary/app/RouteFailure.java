package dev.dromedary.app;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;

/** Turns what Camel throws at the start into one line for a user. */
final class RouteFailure {

  private RouteFailure() {}

  /** Returns our own exception if there is one in the chain, else the innermost message. */
  static DromedaryException of(Throwable thrown) {
    Throwable innermost = thrown;
    for (Throwable link = thrown; link != null && link != link.getCause(); link = link.getCause()) {
      if (link instanceof DromedaryException ours) {
        return ours;
      }
      innermost = link;
    }
    String outer = thrown.getMessage() == null ? "" : thrown.getMessage();
    String inner = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    String message = outer.contains(inner) ? outer : outer + ": " + inner;
    return new DromedaryException(FailureCode.ROUTES, message.replaceAll("\\s+", " "), thrown);
  }
}
