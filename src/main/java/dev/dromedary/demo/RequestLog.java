package dev.dromedary.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Every request seen, in the order their heads were read. Thread-safe. */
final class RequestLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<SeenRequest> requests = new ArrayList<>();

  /** Adds a request and returns its number, from 1. */
  int add(SeenRequest request) {
    lock.lock();
    try {
      requests.add(request);
      grown.signalAll();
      return requests.size();
    } finally {
      lock.unlock();
    }
  }

  List<SeenRequest> all() {
    lock.lock();
    try {
      return List.copyOf(requests);
    } finally {
      lock.unlock();
    }
  }

  List<SeenRequest> of(String path) {
    return all().stream().filter(request -> request.path().equals(path)).toList();
  }

  /** Waits until a path was asked for {@code count} times. */
  List<SeenRequest> await(String path, int count, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    lock.lock();
    try {
      List<SeenRequest> found = of(path);
      while (found.size() < count) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new IllegalStateException(
              "%s: expected %d requests within %s, found %d"
                  .formatted(path, count, limit, found.size()));
        }
        grown.await(left, TimeUnit.NANOSECONDS);
        found = of(path);
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path + ": interrupted while waiting for requests", e);
    } finally {
      lock.unlock();
    }
  }
}
