package dev.dromedary.console;

import java.io.IOException;

/** Answers the requests to one part of the console; called from several threads at once. */
@FunctionalInterface
interface Endpoint {

  /** Answers one request that the gate has let in. */
  Reply answer(Request request) throws IOException;
}
