package dev.dromedary.transfer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is settled of TLS with a host; what is absent is not settled.
 *
 * @param authorities certificates in PEM that are trusted beside the JDK's
 * @param identity what the host is shown
 */
public record TlsFiles(Optional<Path> authorities, Optional<ClientIdentity> identity) {

  /** Nothing is settled. */
  public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty());
}
