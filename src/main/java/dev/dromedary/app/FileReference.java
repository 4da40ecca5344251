package dev.dromedary.app;

import dev.dromedary.source.SecretFile;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Gives {@code {{file:PATH}}} a meaning in settings and routes, so that no credential has to stand
 * in them. Camel finds it by its service file, and makes it without arguments. Thread-safe.
 */
public final class FileReference implements PropertiesFunction {

  /** Creates the function. */
  public FileReference() {}

  @Override
  public String getName() {
    return "file";
  }

  @Override
  public String apply(String path) {
    try {
      return SecretFile.read(path);
    } catch (IllegalArgumentException e) {
      throw new DromedaryException(FailureCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
    }
  }
}
