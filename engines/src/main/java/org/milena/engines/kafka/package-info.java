/**
 * A Kafka broker of our own: one KRaft node, broker and controller, inside this JVM.
 *
 * <p>Promises: what it acknowledged is there again after the process was killed; after loss of
 * power all but the last one or two seconds is, and all of a topic that is flushed per append; and
 * it tells that the machine went down. It is for one machine: there is one replica of everything.
 *
 * <p>Why in this JVM: a second process costs a second JVM, and the broker's classes start in two to
 * three seconds. {@link org.milena.engines.kafka.BrokerMain} runs it alone where that is wanted.
 */
@NullMarked
package org.milena.engines.kafka;

import org.jspecify.annotations.NullMarked;
