@NullMarked
package org.milena.archive.retention;

import org.jspecify.annotations.NullMarked;
