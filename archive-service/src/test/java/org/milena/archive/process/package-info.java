@NullMarked
package org.milena.archive.process;

import org.jspecify.annotations.NullMarked;
