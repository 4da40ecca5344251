package dev.dromedary.origin;

/**
 * The bytes of a body that ends with its connection. Under TLS it is complete only when TLS says so
 * too. One reader. Source: RFC 9112 §6.3, §9.8.
 */
final class UnmeasuredBody extends DirectBody {

  private boolean hasEnded;

  /** Reads all there is. */
  UnmeasuredBody(BodyBytes connection, Runnable giveUp) {
    super(connection, giveUp);
    this.leftBytes = Long.MAX_VALUE;
  }

  @Override
  boolean hasMore() {
    return !hasEnded;
  }

  @Override
  boolean isAtItsEnd() {
    return hasEnded;
  }

  @Override
  boolean isCut() {
    return hasEnded && connection.isCut();
  }

  @Override
  int counted(int count) {
    hasEnded |= count < 0;
    return count;
  }
}
