/**
 * The five services in one process on one HTTP port, with a Kafka broker in the same process and an
 * Elasticsearch server as its child.
 *
 * <p>Promises: a data folder has one owner; the engines listen on the loopback address only and
 * stop last; after a kill the next start finds everything. The services are the same beans as in
 * processes of their own: here is an import list and nothing else.
 */
@NullMarked
package org.milena.standalone.app;

import org.jspecify.annotations.NullMarked;
