package dev.dromedary.operate;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What never changes while a service runs.
 *
 * @param version of the program
 * @param startedAt when it was started
 * @param work where part files and the ledger are
 * @param landing where files land
 * @param ledger the file of the ledger
 * @param connectionsPerHost of all transfers together
 * @param connectionsPerTransfer at most
 */
public record ServiceFacts(
    String version,
    Instant startedAt,
    Path work,
    Path landing,
    Path ledger,
    int connectionsPerHost,
    int connectionsPerTransfer) {}
