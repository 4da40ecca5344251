package dev.dromedary.routing;

import dev.dromedary.guard.ContentPolicy;
import dev.dromedary.guard.Expected;
import dev.dromedary.guard.Rejection;
import dev.dromedary.part.PartFacts;
import dev.dromedary.part.PartFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import dev.dromedary.transfer.Representation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds what arrives against what the owner of a source expects, at each answer, as soon as the
 * first bytes are on disk, and at the end. Thread-safe.
 */
final class ContentWatch {

  private final Expected expected;

  /** Empty when a server sent none, null when none has answered yet. */
  private volatile @Nullable String contentType;

  private volatile boolean isStartJudged;

  ContentWatch(Expected expected) {
    this.expected = expected;
    this.isStartJudged = expected.startBytes() == 0;
  }

  /** Says whether what was received is rejected with it, not only what a server announced. */
  static boolean isOfBytes(FailureCode code) {
    return code == FailureCode.MAGIC_UNEXPECTED || code == FailureCode.HTML_UNEXPECTED;
  }

  /**
   * Judges an answer before its body is used.
   *
   * @throws DromedaryException when the file must not land
   */
  void answered(URI url, Representation found) {
    contentType = Objects.requireNonNullElse(found.contentType(), "");
    isStartJudged = expected.startBytes() == 0;
    refuse(ContentPolicy.head(expected, found.contentType(), found.lengthBytes()), url);
  }

  /**
   * Judges the first bytes, once, when all of them are here.
   *
   * @throws DromedaryException when the file must not land
   */
  void received(PartFile file, URI url) {
    if (!isStartJudged && file.frontier() >= expected.startBytes()) {
      isStartJudged = true;
      refuse(ContentPolicy.start(expected, contentType, start(file, Long.MAX_VALUE)), url);
    }
  }

  /** Returns the type the last answer told; empty when it told none, null without an answer. */
  @Nullable String contentType() {
    return contentType;
  }

  /**
   * Judges the whole file; empty when it may land. All of it may have been here before this process
   * began, and the guards may be others by now: its type is what its journal knows then.
   */
  Optional<Rejection> whole(PartFile file, long lengthBytes) {
    String answered = contentType;
    String type =
        answered != null ? answered : file.facts().map(PartFacts::contentType).orElse(null);
    Optional<Rejection> announced =
        type == null
            ? ContentPolicy.size(expected, lengthBytes)
            : ContentPolicy.head(expected, type, OptionalLong.of(lengthBytes));
    return announced.or(() -> ContentPolicy.start(expected, type, start(file, lengthBytes)));
  }

  private byte[] start(PartFile file, long lengthBytes) {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(expected.startBytes(), lengthBytes));
    try {
      while (start.hasRemaining() && file.readAt(start, start.position()) >= 0) {
        continue;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("first bytes of " + file.path(), e);
    }
    return Arrays.copyOf(start.array(), start.position());
  }

  private static void refuse(Optional<Rejection> rejection, URI url) {
    if (rejection.isPresent()) {
      throw new DromedaryException(
          rejection.get().code(), MaskedUrl.of(url) + ": " + rejection.get().message());
    }
  }
}
