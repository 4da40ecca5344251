package dev.dromedary.failure;

import dev.dromedary.transfer.FailureCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one line about a failure that a user reads. */
final class UserMessage {

  private static final int LONGEST = 400;
  private static final String CAMEL = "org.apache.camel.";
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
  private static final Pattern USER_INFORMATION = Pattern.compile("://[^\\s/?#]*@");
  private static final Pattern QUERY = Pattern.compile("\\?(?!…)\\S+");

  private UserMessage() {}

  static String of(FailureCode code, Throwable reason) {
    String message = reason.getMessage();
    String original =
        message == null || message.isBlank() ? reason.getClass().getSimpleName() : message;
    return clean(code.meaning() + ": " + original);
  }

  /** Says what kind of failure it is where no code tells its meaning; Camel's say it in words. */
  static String named(Throwable reason) {
    String kind = reason.getClass().getSimpleName();
    String message = reason.getMessage();
    if (message == null || message.isBlank()) {
      return kind;
    }
    return clean(reason.getClass().getName().startsWith(CAMEL) ? message : kind + ": " + message);
  }

  /** Masks user information and queries of URLs, keeps it on one line and within bounds. */
  static String clean(@Nullable String text) {
    String line = CONTROLS.matcher(text == null ? "" : text).replaceAll(" ");
    line = USER_INFORMATION.matcher(line).replaceAll("://");
    line = QUERY.matcher(line).replaceAll("?…");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
