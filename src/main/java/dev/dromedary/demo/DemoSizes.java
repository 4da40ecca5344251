package dev.dromedary.demo;

/**
 * How large the files of the demo are.
 *
 * @param bigBytes the one file that takes a while, 1 or more
 * @param flakyBytes the file whose connection is cut twice, 2 or more
 * @param smallBytes the largest of the small files, 128 or more; the others are fractions of it
 */
public record DemoSizes(long bigBytes, long flakyBytes, long smallBytes) {

  /** The demo people see: 1 GiB, 64 MiB, and 64 KiB to 8 MiB. */
  public static final DemoSizes FULL = new DemoSizes(1L << 30, 64L << 20, 8L << 20);

  /** The demo for tests: less than 1 MiB in all. */
  public static final DemoSizes TINY = new DemoSizes(512 << 10, 128 << 10, 64 << 10);

  public DemoSizes {
    if (bigBytes < 1 || flakyBytes < 2 || smallBytes < 128) {
      throw new IllegalArgumentException(
          "demo sizes big=%d flaky=%d small=%d: expected at least 1, 2 and 128"
              .formatted(bigBytes, flakyBytes, smallBytes));
    }
  }
}
