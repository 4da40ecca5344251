package dev.dromedary.part;

/** When large chunks are written past the page cache (ADR 0017). */
public enum DirectWriting {
  /** Where measuring shows that memory for the cache costs more than the disk. */
  AUTO,
  /** Always where the file system can: what lands leaves the cache to others. */
  ALWAYS,
  /** Never. */
  NO
}
