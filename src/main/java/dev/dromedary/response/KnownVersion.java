package dev.dromedary.response;

import dev.dromedary.transfer.Representation;
import dev.dromedary.transfer.Validators;
import java.util.OptionalLong;

/**
 * A version that need not be fetched, since it was before. Immutable, thread-safe.
 *
 * @param validators what the server named it; {@link Validators#NONE} when there is none
 * @param lengthBytes its length, 0 or more, as far as it is known
 */
public record KnownVersion(Validators validators, OptionalLong lengthBytes) {

  /** No version: whatever the server has is fetched. */
  public static final KnownVersion NONE = new KnownVersion(Validators.NONE, OptionalLong.empty());

  /** Returns it if it may be of that resource, else {@link #NONE}. */
  public KnownVersion on(String resource) {
    return validators.equals(validators.on(resource)) ? this : NONE;
  }

  /** Says whether there is none. */
  public boolean isNone() {
    return validators.isNone();
  }

  /**
   * Says whether an answer that brings bytes brings these: some servers do not know {@code
   * If-None-Match}. Only a strong ETag promises that. Source: RFC 9110 §8.8.1.
   */
  boolean isBroughtBy(Representation found) {
    boolean isSure = validators.hasStrongEtag() && found.validators().hasStrongEtag();
    boolean isAsLong =
        lengthBytes.isEmpty()
            || found.lengthBytes().isEmpty()
            || lengthBytes.getAsLong() == found.lengthBytes().getAsLong();
    return isSure && isAsLong && validators.compare(found.validators()) == Validators.Match.SAME;
  }
}
