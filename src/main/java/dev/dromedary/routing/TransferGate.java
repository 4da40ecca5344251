package dev.dromedary.routing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many transfers may run at the same time, which may be changed while they do: lowering it ends
 * none, it lets fewer begin. Who came first enters first. Thread-safe.
 */
public final class TransferGate {

  private static final long LOOK_MILLIS = 100;

  private final int settledWidth;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private int width;
  private int inside;

  /** Lets {@code width} in at the same time as configured, 1 or more. */
  public TransferGate(int width) {
    this.settledWidth = width;
    this.width = width;
  }

  /** Returns how many may be inside. */
  public synchronized int width() {
    return width;
  }

  /** Sets how many may be inside, 1 or more. */
  public synchronized void width(int transfers) {
    width = transfers;
    notifyAll();
  }

  /** Takes back what was set by hand. */
  public void widthAsConfigured() {
    width(settledWidth);
  }

  /** Says whether another number may be inside than configured. */
  public boolean isWidthByHand() {
    return width() != settledWidth;
  }

  /** Returns how many are inside. */
  public synchronized int inside() {
    return inside;
  }

  /** Waits for a place; returns false without one when nothing new is taken meanwhile. */
  synchronized boolean enter(StopSignal stop) {
    Object turn = new Object();
    waiting.add(turn);
    try {
      while ((inside >= width || waiting.peek() != turn) && stop.takesNew()) {
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.remove(turn);
      notifyAll();
    }
    if (!stop.takesNew()) {
      return false;
    }
    inside++;
    return true;
  }

  /** Gives a place back. */
  synchronized void leave() {
    inside--;
    notifyAll();
  }
}
