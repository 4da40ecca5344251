package dev.dromedary.observe;

/**
 * The connections of all transfers to one host.
 *
 * @param host {@code host:port} in lower case
 * @param granted how many they may have at present, 1 or more: its limit, or fewer after it refused
 * @param used how many they have; for a while more than granted where that was lowered
 * @param waitingTransfers how many transfers want one more, or wait in the queue for their turn
 */
public record HostConnections(String host, int granted, int used, int waitingTransfers) {}
