package dev.dromedary.guard;

import dev.dromedary.transfer.FailureCode;

/**
 * Why a file must not land. Immutable, thread-safe.
 *
 * @param code what kind of failure it is
 * @param message what was expected and found, in one line
 */
public record Rejection(FailureCode code, String message) {}
