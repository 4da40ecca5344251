package dev.dromedary.transfer;

import java.nio.file.Path;

/**
 * The files by which this client shows a server over TLS who it is.
 *
 * @param certificate its certificate and those between that and the authority, in PEM; or a PKCS12
 *     store, which has the key too
 * @param key the private key in PEM (PKCS #8, not encrypted); the same file where that holds both
 * @param password opens the store; empty for none
 */
public record ClientIdentity(Path certificate, Path key, String password) {

  /** Hides the password. */
  @Override
  public String toString() {
    return "ClientIdentity[" + certificate + "]";
  }
}
