@NullMarked
package org.milena.archive.extract;

import org.jspecify.annotations.NullMarked;
