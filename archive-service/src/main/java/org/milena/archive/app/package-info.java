/** The archive as a service: main, wiring, settings. */
@NullMarked
package org.milena.archive.app;

import org.jspecify.annotations.NullMarked;
