/**
 * An Elasticsearch server of our own: the minimal distribution, run as a child process.
 *
 * <p>Promises: it is ready when {@code start} returns, dies with this process however that dies, is
 * started again when it dies by itself, and never runs as root.
 *
 * <p>What it touches: its state folder, its child, {@code /proc} and, as root, the owner of its own
 * folders.
 *
 * <p>Why a child: the server wants a JVM to itself, with its own options and its own libraries, and
 * refuses to be embedded.
 */
@NullMarked
package org.milena.engines.search;

import org.jspecify.annotations.NullMarked;
