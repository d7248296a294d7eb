/**
 * What passes between the services: the topics, the records on them, and the one codec that reads
 * and writes them.
 *
 * <p>Promises that every version reads the records of every older one: fields are only added,
 * unknown fields are ignored, and each record type has golden files in the tests. A message itself
 * is never in here: it is the value of its record, byte for byte, and what belongs to it but is not
 * in it travels as JSON in the record header {@code milena.meta}.
 *
 * <p>Touches {@code common.mail} and Jackson; it knows no Kafka client.
 *
 * <p>Why: any Kafka tool shows the mail, and a service can be replaced without its neighbours
 * noticing. See docs/decisions/0002-records.md.
 */
@NullMarked
package org.milena.common.event;

import org.jspecify.annotations.NullMarked;
