package org.milena.common.kafka;

import java.util.Map;

/**
 * How a topic must be. Created so where it is missing, and verified at every start.
 *
 * @param lost what would be lost if it were otherwise; the end of the sentence that stops the start
 */
record TopicDeclaration(
    String name, int partitions, short replicas, Map<String, String> config, String lost) {}
