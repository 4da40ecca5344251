/**
 * The beans behind the MXBeans of {@code observe}: what operators see is read from board, ledger
 * and catalog, what they command goes through the ledger and the control of transfers. No rule of
 * the flow may enter.
 *
 * <p>May import {@code transfer}, {@code source}, {@code ledger}, {@code observe}, {@code origin},
 * {@code routing}, JMX, Logback and SLF4J.
 */
@NullMarked
package dev.dromedary.operate;

import org.jspecify.annotations.NullMarked;
