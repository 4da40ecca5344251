package dev.dromedary.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The answer to {@code --version}: this program's version, and Java's. */
final class VersionText implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "dromedary " + number(),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  private static String number() {
    @Nullable String packaged = VersionText.class.getPackage().getImplementationVersion();
    return packaged == null ? "development" : packaged;
  }
}
