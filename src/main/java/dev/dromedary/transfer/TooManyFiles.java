package dev.dromedary.transfer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * What the operating system says, in words only, when this process or the whole machine may open no
 * more files and sockets.
 */
public final class TooManyFiles {

  private static final String WORDS = "too many open files";

  private TooManyFiles() {}

  /**
   * Says whether it is that, causes aside. Only what the JDK throws for the operating system is
   * believed, and no name of a file in it: another message may quote the server.
   */
  public static boolean isSaidBy(Throwable thrown) {
    return isQuotedIn(systemText(thrown));
  }

  /** Says whether a text has these words, whoever says them. */
  public static boolean isQuotedIn(String text) {
    return text.toLowerCase(Locale.ROOT).contains(WORDS);
  }

  private static String systemText(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof FileSystemException file) {
      return String.valueOf(file.getReason());
    }
    if (thrown instanceof FileNotFoundException) {
      return message.substring(message.lastIndexOf('(') + 1);
    }
    boolean isOfSystem =
        thrown.getClass() == IOException.class || thrown.getClass() == SocketException.class;
    return isOfSystem ? message : "";
  }
}
