package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What has the name of a target before a file is delivered to it; a link is not followed.
 * Immutable.
 */
public final class FormerFile {

  /** Times can be set; when a file was changed last tells who sets them. */
  private static final String UNIX = "unix:fileKey,size,lastModifiedTime,ctime";

  private static final String ELSEWHERE = "fileKey,size,lastModifiedTime";

  private final Path path;

  /** Empty when there is none. */
  private final Map<String, Object> traits;

  private FormerFile(Path path, Map<String, Object> traits) {
    this.path = path;
    this.traits = traits;
  }

  /**
   * Looks at what a path names now; that may be nothing.
   *
   * @throws IOException when it cannot be looked at
   */
  public static FormerFile at(Path path) throws IOException {
    return new FormerFile(path, traits(path));
  }

  /**
   * Says whether it is still there, untouched; never when there was none.
   *
   * @throws IOException when its path cannot be looked at
   */
  public boolean isStillThere() throws IOException {
    return !traits.isEmpty() && traits.equals(traits(path));
  }

  private static Map<String, Object> traits(Path path) throws IOException {
    boolean isUnix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    try {
      return Files.readAttributes(path, isUnix ? UNIX : ELSEWHERE, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException absent) {
      return Map.of();
    }
  }
}
