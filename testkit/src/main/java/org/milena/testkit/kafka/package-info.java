/**
 * One real broker for all tests of a JVM.
 *
 * <p>Promises that every test sees the topics of a site, and that it is stopped with the JVM. Tests
 * that count what is on a topic, or stop the broker, take one of their own.
 *
 * <p>Why: a broker takes seconds to start, and a fake would prove nothing.
 */
@NullMarked
package org.milena.testkit.kafka;

import org.jspecify.annotations.NullMarked;
