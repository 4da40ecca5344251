package dev.dromedary.demo;

import dev.dromedary.transfer.TransferState;

/**
 * One source of the demo.
 *
 * @param id its id in the source list
 * @param path where the origin has it, with a leading {@code /}
 * @param content its bytes; of the missing one, those that are never served
 * @param expected how its first transfer ends
 */
public record DemoFile(String id, String path, Content content, TransferState expected) {

  /** Returns the name it lands under, relative to the landing zone. */
  public String target() {
    return path.substring(1);
  }
}
