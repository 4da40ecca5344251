package dev.dromedary.cli;

/**
 * The characters bars are drawn with.
 *
 * @param full a received cell
 * @param empty a missing cell
 * @param ellipsis stands for what was cut out, one cell wide
 */
record Glyphs(String full, String empty, String ellipsis) {

  /** For terminals that show Unicode. */
  static final Glyphs UNICODE = new Glyphs("█", "░", "…");

  /** For every terminal. */
  static final Glyphs ASCII = new Glyphs("#", "-", "~");
}
