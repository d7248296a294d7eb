@NullMarked
package org.milena.archive.export;

import org.jspecify.annotations.NullMarked;
