package dev.dromedary.plan;

import dev.dromedary.transfer.Validators;

/** Whether a poll may ask for changes only. Immutable, thread-safe. */
public sealed interface Conditional {

  /**
   * Ask with {@code If-None-Match} and {@code If-Modified-Since}; a 304 ends the poll.
   *
   * @param validators what to send, at least one of the two
   */
  record Ask(Validators validators) implements Conditional {}

  /**
   * Ask in the same way; what landed has to be read and held against the digests the source names
   * now, before a 304 ends the poll.
   *
   * @param validators what to send, at least one of the two
   */
  record AskAndCompare(Validators validators) implements Conditional {}

  /**
   * Fetch it whatever the server has.
   *
   * @param why for a user, without a final stop
   */
  record FetchAnew(String why) implements Conditional {}
}
