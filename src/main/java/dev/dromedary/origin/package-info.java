/**
 * The HTTP client of an origin: what goes over the wire and comes back, how long each phase may
 * take, which addresses may be reached, and when a connection is reused or thrown away; how many
 * connections a host is granted, and what hosts have shown. No body is ever drained here.
 *
 * <p>May import {@code transfer}, HttpClient, SLF4J, and of Camel only the two interfaces with
 * which camel-http is configured. Decides nothing about a transfer.
 */
@NullMarked
package dev.dromedary.origin;

import org.jspecify.annotations.NullMarked;
