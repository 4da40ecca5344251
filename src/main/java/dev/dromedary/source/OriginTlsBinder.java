package dev.dromedary.source;

import dev.dromedary.transfer.ClientIdentity;
import dev.dromedary.transfer.TlsFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the keys of an origin that say whom TLS with a host trusts, and what it is shown. */
final class OriginTlsBinder {

  static final List<String> NAMES =
      List.of("caFile", "clientCertificate", "clientKey", "clientKeyPassword");

  private final Problems problems;
  private final References references;

  OriginTlsBinder(Problems problems, References references) {
    this.problems = problems;
    this.references = references;
  }

  TlsFiles bind(Fields fields) {
    Optional<Path> authorities = fields.value("caFile", text -> file("caFile", text));
    Optional<Path> certificate =
        fields.value("clientCertificate", text -> file("clientCertificate", text));
    Optional<Path> key = fields.value("clientKey", text -> file("clientKey", text));
    Optional<String> password =
        fields.value("clientKeyPassword", text -> references.resolved("clientKeyPassword", text));
    if (!fields.has("clientCertificate")) {
      List.of("clientKey", "clientKeyPassword").stream()
          .filter(fields::has)
          .forEach(
              alone ->
                  problems.add(
                      fields.lineOf(alone), alone + ": expected clientCertificate beside it"));
    }
    return new TlsFiles(
        authorities,
        certificate.map(file -> new ClientIdentity(file, key.orElse(file), password.orElse(""))));
  }

  private static Path file(String key, String text) {
    try {
      Path file = Path.of(text);
      if (!file.isAbsolute()) {
        throw refused(key, text, "an absolute path");
      }
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw refused(key, text, "a readable file");
      }
      return file;
    } catch (InvalidPathException e) {
      throw refused(key, text, "an absolute path");
    }
  }

  private static IllegalArgumentException refused(String key, String text, String expected) {
    return new IllegalArgumentException(key + " " + Quoted.of(text) + ": expected " + expected);
  }
}
