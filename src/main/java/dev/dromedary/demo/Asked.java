package dev.dromedary.demo;

import dev.dromedary.transfer.ByteRange;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request together with what a fault may need to know to distort its answer.
 *
 * @param head the request
 * @param resource what is served under its path, if anything
 * @param number how many requests came before, and this one
 * @param now the server's time
 * @param origin the server, for a fault that changes what it serves
 */
record Asked(
    RequestHead head, @Nullable Resource resource, int number, Instant now, ScriptedOrigin origin) {

  /** Returns the answer of a server without faults. */
  Answer plainAnswer() {
    return PlainAnswers.answer(this);
  }

  /** Returns this as if a header had not been sent. */
  Asked without(String header) {
    return new Asked(head.without(header), resource, number, now, origin);
  }

  /** Returns the length of the resource, 0 where there is none. */
  long lengthBytes() {
    return resource == null ? 0 : resource.content().lengthBytes();
  }

  boolean isRanged() {
    return head.header("Range").isPresent();
  }

  Optional<ByteRange> range() {
    return RangeHeader.parse(head.header("Range"), lengthBytes()).satisfiable();
  }
}
