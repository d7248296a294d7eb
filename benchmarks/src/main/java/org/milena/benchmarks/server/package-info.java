/**
 * The programs that are measured and those that measure them, each a child process with ports and
 * folders of its own on this machine. Whoever starts one closes it; nothing else is ever ended.
 */
@NullMarked
package org.milena.benchmarks.server;

import org.jspecify.annotations.NullMarked;
