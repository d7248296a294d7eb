@NullMarked
package org.milena.archive;

import org.jspecify.annotations.NullMarked;
