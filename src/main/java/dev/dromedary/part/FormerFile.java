package dev.dromedary.part;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has the name of a target before a file is delivered to it; a link is not followed. The file
 * that replaces it gets its permissions, and its owner and group where the system lets them be
 * given away. Immutable.
 */
public final class FormerFile {

  /** Times can be set; when a file was changed last tells who sets them. */
  private static final String UNIX = "unix:fileKey,size,lastModifiedTime,ctime";

  private static final Set<PosixFilePermission> OWNERS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final String ELSEWHERE = "fileKey,size,lastModifiedTime";

  private final Path path;

  /** Empty when there is none. */
  private final Map<String, Object> traits;

  /** Null when there is none, or the file system knows none. */
  private final @Nullable PosixFileAttributes access;

  private FormerFile(Path path, Map<String, Object> traits, @Nullable PosixFileAttributes access) {
    this.path = path;
    this.traits = traits;
    this.access = access;
  }

  /**
   * Looks at what a path names now; that may be nothing.
   *
   * @throws IOException when it cannot be looked at
   */
  public static FormerFile at(Path path) throws IOException {
    Map<String, Object> traits = traits(path);
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      return new FormerFile(
          path, traits, view == null || traits.isEmpty() ? null : view.readAttributes());
    } catch (NoSuchFileException goneNow) {
      return new FormerFile(path, Map.of(), null);
    }
  }

  /**
   * Says whether it is still there, untouched; never when there was none.
   *
   * @throws IOException when its path cannot be looked at
   */
  public boolean isStillThere() throws IOException {
    return !traits.isEmpty() && traits.equals(traits(path));
  }

  /**
   * Gives the file that is to replace it what it has, before it has its name. Reading and writing
   * are left to its owner: it may have to be taken back.
   *
   * @param file null where the file system knows no permissions
   */
  void lendTo(@Nullable PosixFileAttributeView file) throws IOException {
    if (access != null) {
      Set<PosixFilePermission> lent = EnumSet.copyOf(OWNERS);
      lent.addAll(access.permissions());
      give(file, lent);
    }
  }

  /** Gives the file that has replaced it exactly what it had; as {@link #lendTo} otherwise. */
  void giveTo(@Nullable PosixFileAttributeView file) throws IOException {
    if (access != null) {
      give(file, access.permissions());
    }
  }

  /** Owners come first: permissions are for them. */
  private void give(@Nullable PosixFileAttributeView file, Set<PosixFilePermission> permissions)
      throws IOException {
    if (file == null || access == null) {
      return;
    }
    PosixFileAttributes now = file.readAttributes();
    try {
      if (!now.group().equals(access.group())) {
        file.setGroup(access.group());
      }
      if (!now.owner().equals(access.owner())) {
        file.setOwner(access.owner());
      }
    } catch (FileSystemException notOursToGive) {
      // Only root gives files away, and others to their own groups alone.
    }
    if (!file.readAttributes().permissions().equals(permissions)) {
      file.setPermissions(permissions);
    }
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
