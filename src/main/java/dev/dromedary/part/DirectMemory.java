package dev.dromedary.part;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory outside the heap this JVM grants to all who want some together: {@code
 * -XX:MaxDirectMemorySize}, else as much as the heap may have. Stateless.
 */
public final class DirectMemory {

  private static final long MOST_UNASKED_BYTES = 16L << 20;

  private DirectMemory() {}

  /** Returns how much is granted, in bytes. Asking takes some ten milliseconds the first time. */
  public static long mostBytes() {
    return Asked.MOST_BYTES;
  }

  /** Says without asking whether so many bytes are granted beyond doubt. */
  public static boolean surelyGrants(long bytes) {
    return bytes <= Math.min(MOST_UNASKED_BYTES, Runtime.getRuntime().maxMemory() / 4);
  }

  private static final class Asked {
    static final long MOST_BYTES = ask();

    /** A JVM that is none of HotSpot's has no such option: it is taken to keep to the heap's. */
    private static long ask() {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      long limit =
          jvm == null ? 0 : Long.parseLong(jvm.getVMOption("MaxDirectMemorySize").getValue());
      return limit > 0 ? limit : Runtime.getRuntime().maxMemory();
    }
  }
}
