package dev.dromedary.sidecar;

/**
 * Takes the wrapping of a clear-signed text off, line by line; the signature is not verified. Not
 * thread-safe. Source: RFC 9580 §7.
 */
final class Armour {

  private enum Place {
    OUTSIDE,
    HEADER,
    SIGNED,
    SIGNATURE
  }

  private Place place = Place.OUTSIDE;
  private boolean isSigned;

  /** Says whether there was a signature or the beginning of a signed text. */
  boolean isSigned() {
    return isSigned;
  }

  /** Returns the line as it was signed; empty for a line of the wrapping. */
  String unwrapped(String line) {
    String mark = line.stripTrailing();
    if (mark.equals("-----BEGIN PGP SIGNED MESSAGE-----")) {
      return enter(Place.HEADER);
    }
    if (mark.equals("-----BEGIN PGP SIGNATURE-----")) {
      return enter(Place.SIGNATURE);
    }
    if (mark.equals("-----END PGP SIGNATURE-----")) {
      return enter(Place.OUTSIDE);
    }
    if (place == Place.HEADER && mark.isEmpty()) {
      return enter(Place.SIGNED);
    }
    if (place == Place.HEADER || place == Place.SIGNATURE) {
      return "";
    }
    return place == Place.SIGNED && line.startsWith("- ") ? line.substring(2) : line;
  }

  private String enter(Place next) {
    place = next;
    isSigned = true;
    return "";
  }
}
