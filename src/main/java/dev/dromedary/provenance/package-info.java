/**
 * What is told beside a landed file of where it came from. Nothing of how it is fetched may enter.
 * Imports {@code transfer}, {@code ledger} and Jackson.
 */
@NullMarked
package dev.dromedary.provenance;

import org.jspecify.annotations.NullMarked;
