package dev.dromedary.plan;

import dev.dromedary.plan.Conditional.Ask;
import dev.dromedary.plan.Conditional.AskAndCompare;
import dev.dromedary.plan.Conditional.FetchAnew;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a 304 would be the truth: only while what landed last is still there, untouched.
 * Else a file that somebody removed or changed would count as unchanged for ever.
 */
public final class UnchangedPolicy {

  private UnchangedPolicy() {}

  /**
   * Decides for a file whose landing zone can be looked at.
   *
   * @param onDisk what is there now; null when nothing is
   */
  public static Conditional mayAsk(LandedFacts recorded, @Nullable FileFacts onDisk) {
    if (onDisk == null) {
      return new FetchAnew("the landed file is gone");
    }
    if (!onDisk.target().equals(recorded.target())) {
      return new FetchAnew("the target is another one");
    }
    if (onDisk.sizeBytes() != recorded.sizeBytes()) {
      return new FetchAnew(
          "expected the landed file with "
              + recorded.sizeBytes()
              + " bytes, found "
              + onDisk.sizeBytes());
    }
    // the record may keep milliseconds where the disk keeps more
    if (!onDisk
        .modifiedAt()
        .truncatedTo(ChronoUnit.MILLIS)
        .equals(recorded.modifiedAt().truncatedTo(ChronoUnit.MILLIS))) {
      return new FetchAnew("the landed file was touched since");
    }
    if (recorded.basis() == LandedFacts.Basis.OTHER_DIGESTS && !recorded.validators().isNone()) {
      return new AskAndCompare(recorded.validators());
    }
    return mayAskUnseen(recorded);
  }

  /** Decides for a file delivered where it cannot be looked at, such as another system. */
  public static Conditional mayAskUnseen(LandedFacts recorded) {
    if (recorded.basis() != LandedFacts.Basis.SAME) {
      return new FetchAnew("the URL is another one, or something else is expected of the file");
    }
    return recorded.validators().isNone()
        ? new FetchAnew("the server gave no validator")
        : new Ask(recorded.validators());
  }
}
