package dev.dromedary.app;

import dev.dromedary.observe.TransferEvent;
import java.util.List;

/**
 * How a poll ended.
 *
 * @param due how many sources were due
 * @param ended the outcome of each
 */
public record PollSummary(int due, List<TransferEvent> ended) {

  public PollSummary {
    ended = List.copyOf(ended);
  }
}
