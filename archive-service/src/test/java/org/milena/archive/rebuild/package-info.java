@NullMarked
package org.milena.archive.rebuild;

import org.jspecify.annotations.NullMarked;
