@NullMarked
package org.milena.archive.former;

import org.jspecify.annotations.NullMarked;
