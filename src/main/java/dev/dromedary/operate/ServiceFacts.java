package dev.dromedary.operate;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What never changes while a service runs.
 *
 * @param version of the program
 * @param startedAt when it was started
 * @param work where part files and the ledger are
 * @param landing where files land
 * @param ledger the file of the ledger
 * @param sourceList the file of the source list; null where the sources were named otherwise
 * @param maxConcurrency how many transfers there are threads for
 * @param connectionsPerTransfer at most
 */
public record ServiceFacts(
    String version,
    Instant startedAt,
    Path work,
    Path landing,
    Path ledger,
    @Nullable Path sourceList,
    int maxConcurrency,
    int connectionsPerTransfer) {}
