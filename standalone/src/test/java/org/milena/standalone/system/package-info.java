/**
 * The whole platform as its operators run it on many machines: each service a process of its own
 * from its executable jar, a broker that can be killed, a real Elasticsearch, a sink as the world
 * outside.
 */
@NullMarked
package org.milena.standalone.system;

import org.jspecify.annotations.NullMarked;
