package dev.dromedary.app;

/** The version of this program, from its jar. */
public final class Version {

  private Version() {}

  /** Returns the version, {@code development} outside a jar. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
