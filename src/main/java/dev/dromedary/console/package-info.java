/**
 * The management surface over HTTP: the page, Jolokia behind a policy, metrics and health.
 * Everything shown or commanded goes through the MXBeans under {@code dev.dromedary}; a decision
 * about a transfer may not enter, nor may anything that only the console can do.
 *
 * <p>May import {@code dev.dromedary.transfer}, {@code dev.dromedary.observe}, the JDK's HTTP
 * server, Jolokia, Micrometer, Jackson and SLF4J.
 */
@NullMarked
package dev.dromedary.console;

import org.jspecify.annotations.NullMarked;
