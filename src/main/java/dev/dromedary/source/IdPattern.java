package dev.dromedary.source;

import java.util.regex.Pattern;

/** Ids as operators name them: an id, or a pattern with {@code *} and {@code ?}. Immutable. */
public final class IdPattern {

  private final String text;
  private final Pattern pattern;

  private IdPattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /** Reads an id or a pattern; every text is one. */
  public static IdPattern of(String text) {
    StringBuilder regex = new StringBuilder();
    for (int c : text.codePoints().toArray()) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(Character.toString(c)));
      }
    }
    return new IdPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Says whether it may match more than one id. */
  public static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Says whether it names the id; an id that has an asterisk in it names itself, too. */
  public boolean matches(String id) {
    return id.equals(text) || pattern.matcher(id).matches();
  }
}
