package org.milena.archive.process;

import java.time.Duration;

/**
 * What reading a document may take.
 *
 * @param memory heap of the child, octets
 * @param time for one document
 * @param maxSize of a document, octets
 * @param idle after how long without a document the child ends
 */
public record ReaderLimits(long memory, Duration time, int maxSize, Duration idle) {}
