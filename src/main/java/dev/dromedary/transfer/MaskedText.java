package dev.dromedary.transfer;

import java.util.regex.Pattern;

/**
 * Cuts what is secret in URLs out of text that anybody may have written: user information and
 * queries, whose place shows {@code …}. What is cut already stays as it is. Pure.
 */
public final class MaskedText {

  private static final Pattern PLAIN =
      Pattern.compile("(://)[^\\s/?#\"]*@|(://[^\\s\"?]*\\?)[^\\s\"…]\\S*");

  /** Slashes may be escaped; a quote in here is no end. */
  private static final Pattern USER_IN_A_STRING = Pattern.compile("(:(?:\\\\?/){2})[^\\s/?#]*@");

  private static final Pattern QUERY_IN_A_STRING =
      Pattern.compile("((?:^[A-Za-z][A-Za-z0-9+.-]*:|:(?:\\\\?/){2})[^\\s?]*\\?)(?!…)\\S+");

  private MaskedText() {}

  /** Masks the URLs with an authority in a line of text. */
  public static String plain(String text) {
    return text.contains("://") ? PLAIN.matcher(text).replaceAll("$1$2…") : text;
  }

  /**
   * Masks within the strings of a JSON text, which stays JSON: URLs with an authority anywhere, and
   * the query of any URI that a string begins with. A URL ends at a blank, or with its string.
   */
  public static String json(String json) {
    if (!mayHold(json)) {
      return json;
    }
    StringBuilder masked = new StringBuilder(json.length());
    int from = 0;
    for (int quote = json.indexOf('"'); quote >= 0; quote = json.indexOf('"', from)) {
      int end = endOfString(json, quote + 1);
      masked.append(json, from, quote + 1).append(string(json.substring(quote + 1, end)));
      from = Math.min(json.length(), end + 1);
      masked.append(json, end, from);
    }
    return masked.append(json, from, json.length()).toString();
  }

  private static String string(String content) {
    if (!mayHold(content)) {
      return content;
    }
    String withoutUser = USER_IN_A_STRING.matcher(content).replaceAll("$1…");
    return QUERY_IN_A_STRING.matcher(withoutUser).replaceAll("$1…");
  }

  private static boolean mayHold(String text) {
    return text.indexOf('?') >= 0 || text.indexOf('@') >= 0;
  }

  private static int endOfString(String json, int start) {
    int at = start;
    while (at < json.length() && json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, json.length());
  }
}
