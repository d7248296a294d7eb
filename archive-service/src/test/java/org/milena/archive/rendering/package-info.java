@NullMarked
package org.milena.archive.rendering;

import org.jspecify.annotations.NullMarked;
