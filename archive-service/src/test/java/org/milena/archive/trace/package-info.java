@NullMarked
package org.milena.archive.trace;

import org.jspecify.annotations.NullMarked;
