/** The services in one process, with the engines they need, and the command that people type. */
@NullMarked
package org.milena.standalone;

import org.jspecify.annotations.NullMarked;
