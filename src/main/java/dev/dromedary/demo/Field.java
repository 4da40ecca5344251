package dev.dromedary.demo;

/**
 * A header field as it stands on the wire.
 *
 * @param name in the case it is written
 * @param value without the space after the colon
 */
record Field(String name, String value) {}
