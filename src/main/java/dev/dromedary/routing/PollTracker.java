package dev.dromedary.routing;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.DromedaryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the first poll until each of its transfers has ended in an outcome (promise I5).
 *
 * <p>Thread-safe.
 */
public final class PollTracker implements TransferListener {

  private final Set<String> open = new HashSet<>();
  private final Set<String> inMemory = new HashSet<>();
  private final Set<String> atWork = new HashSet<>();
  private final Set<String> missed = new HashSet<>();
  private final List<TransferEvent> ended = new ArrayList<>();
  private int due;
  private int unsettled;
  private boolean firstPollQueued;
  private boolean over;
  private @Nullable DromedaryException failure;
  private String trouble = "";

  /** Is told that a poll begins. */
  synchronized void begin() {
    due = 0;
  }

  /** Is told of a transfer that the poll queues. */
  synchronized void queued(String transferId) {
    due++;
    inMemory.add(transferId);
    if (!firstPollQueued) {
      open.add(transferId);
    }
  }

  /**
   * Is told that a worker begins with a transfer, queued by the poll or called from its rest; false
   * when another works at it already: ids come twice when one that was cancelled or rests is queued
   * again.
   */
  synchronized boolean taken(String transferId) {
    inMemory.add(transferId);
    boolean isTaken = atWork.add(transferId);
    if (!isTaken) {
      missed.add(transferId);
    }
    return isTaken;
  }

  /** Is told that a worker lets go of a transfer, which rests. */
  synchronized void rests(String transferId) {
    atWork.remove(transferId);
    missed.remove(transferId);
    settle();
  }

  /** Is told that a poll fails, as a whole or with one of its sources. */
  synchronized void fails(DromedaryException why) {
    trouble = why.code().label() + " " + why.getMessage() + " (" + why.code().remedy() + ")";
  }

  /** Is told that a poll failed as a whole; what it has queued until then still ends. */
  synchronized void failed(DromedaryException why) {
    if (!firstPollQueued) {
      failure = why;
    }
    finish();
  }

  /** Is told that polls, which failed, go through again. */
  synchronized void goesThrough() {
    trouble = "";
  }

  /** Returns why polls fail, with the code; empty where they go through. */
  public synchronized String trouble() {
    return trouble;
  }

  /** Is told that everything due is queued; returns how much that was. */
  synchronized int finish() {
    firstPollQueued = true;
    settle();
    return due;
  }

  /** Says whether a transfer was queued in this process, or is at work, and has not ended since. */
  synchronized boolean isInMemory(String transferId) {
    return inMemory.contains(transferId);
  }

  @Override
  public synchronized void onEvent(TransferEvent event) {
    if (event.state().isTerminal()) {
      inMemory.remove(event.transferId());
    }
    if (event.state().isTerminal() && open.remove(event.transferId())) {
      ended.add(event);
      settle();
    }
  }

  /**
   * Is told that nothing works at a transfer any more; one that has not ended stays unsettled.
   *
   * @return whether it came meanwhile and was not {@link #taken}: it may be queued again
   */
  synchronized boolean released(String transferId) {
    inMemory.remove(transferId);
    atWork.remove(transferId);
    if (open.remove(transferId)) {
      unsettled++;
    }
    settle();
    return missed.remove(transferId);
  }

  /** Gives up waiting: the service stops. */
  public synchronized void stop() {
    over = true;
    notifyAll();
  }

  /**
   * Waits until every transfer of the first poll has ended and its event was told, or the service
   * stops.
   *
   * @throws DromedaryException when the poll failed as a whole, so that not every source was seen
   */
  public synchronized void await() throws InterruptedException {
    while (!over) {
      wait();
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns how the transfers of the first poll ended so far, in that order. */
  public synchronized List<TransferEvent> ended() {
    return List.copyOf(ended);
  }

  /** Returns how many transfers of the first poll have not ended yet. */
  public synchronized int left() {
    return open.size() + unsettled;
  }

  private void settle() {
    if (firstPollQueued && open.isEmpty() && atWork.isEmpty()) {
      over = true;
      notifyAll();
    }
  }
}
